/* Rows of an inline are ordered by two buttons; without script the number is typed.

   The order of the rows on the page is the truth. Numbers are given again only when they do not rise, so that a form
   which nobody touched is saved as it was. The words come from the data attributes of this script's own tag. */
"use strict";

(() => {
  const words = document.currentScript.dataset;
  const ROW = "tr.form-row:not(.empty-form), .inline-related:not(.tabular):not(.empty-form)";
  const NUMBER = 'input[name$="-order"]';

  const numberOf = (row) => row.querySelector(NUMBER);
  const rowsOf = (group) => [...group.querySelectorAll(ROW)].filter(numberOf);
  const filledRowsOf = (group) => rowsOf(group).filter((row) => isFilled(group, row));

  /* A row counts when it is stored or differs from the blank row that Django keeps as a pattern. */
  function isFilled(group, row) {
    if (row.classList.contains("has_original")) return true;
    const fields = row.querySelectorAll("input:not([type=hidden]), select, textarea");
    return [...fields]
      .filter((field) => field.name && !field.matches(NUMBER))
      .some((field) => content(field) !== content(pattern(group, field)));
  }

  function pattern(group, field) {
    return group.querySelector(`[name="${field.name.replace(/-\d+-/, "-__prefix__-")}"]`);
  }

  function content(field) {
    if (!field) return "";
    return field.matches("[type=checkbox], [type=radio]") ? String(field.checked) : field.value;
  }

  function rises(numbers) {
    return numbers.every((number, index) => index === 0 || number > numbers[index - 1]);
  }

  function renumber(group) {
    const numbers = filledRowsOf(group).map(numberOf);
    if (!rises(numbers.map((number) => Number(number.value)))) {
      numbers.forEach((number, index) => (number.value = index + 1));
    }
  }

  /* A refused form comes back in the stored order with the numbers that were sent; blank rows go last. */
  function sort(group) {
    const rows = rowsOf(group);
    const filled = filledRowsOf(group);
    const blank = rows.filter((row) => !filled.includes(row));
    const sorted = [...filled].sort((one, other) => numberOf(one).value - numberOf(other).value).concat(blank);
    const end = rows.at(-1)?.nextElementSibling;
    if (end && sorted.some((row, index) => row !== rows[index])) {
      sorted.forEach((row) => end.before(...withErrors(row)));
    }
  }

  /* The errors of a row of a table stand in a row of their own above it and go with it. */
  function withErrors(row) {
    const above = row.previousElementSibling;
    return above?.classList.contains("row-form-errors") ? [above, row] : [row];
  }

  function move(group, row, step) {
    const rows = filledRowsOf(group);
    const place = rows.indexOf(row) + step;
    const other = rows[place];
    if (!other || !rows.includes(row)) return;
    if (step < 0) row.after(...withErrors(other));
    else withErrors(row)[0].before(...withErrors(other));
    renumber(group);
    refresh(group);
    announce(group, words.moved.replace("{place}", place + 1).replace("{count}", rows.length));
  }

  function announce(group, text) {
    group.querySelector("[data-order-status]").textContent = text;
  }

  /* At an end the button that cannot be used keeps the focus, so it is marked and not disabled. */
  function refresh(group) {
    const rows = filledRowsOf(group);
    for (const row of rowsOf(group)) {
      const place = rows.indexOf(row);
      row.querySelector("[data-order=up]")?.setAttribute("aria-disabled", place <= 0);
      row.querySelector("[data-order=down]")?.setAttribute("aria-disabled", place < 0 || place === rows.length - 1);
    }
  }

  function button(direction, sign, label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "order-button";
    made.dataset.order = direction;
    made.textContent = sign;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function equip(group, row) {
    const number = numberOf(row);
    if (!number || number.readOnly) return;
    number.readOnly = true;
    number.parentElement.classList.add("order-cell");
    number.after(
      button("up", "↑", words.up, () => move(group, row, -1)),
      button("down", "↓", words.down, () => move(group, row, 1)),
    );
  }

  function start(group) {
    if (!group.querySelector(NUMBER)) return;
    const status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    status.dataset.orderStatus = "";
    group.append(status);
    sort(group);
    rowsOf(group).forEach((row) => equip(group, row));
    refresh(group);
    group.addEventListener("input", () => refresh(group));
    group.closest("form").addEventListener("submit", () => renumber(group));
    group.addEventListener("formset:added", (event) => {
      equip(group, event.target);
      refresh(group);
    });
    document.addEventListener("formset:removed", () => refresh(group));
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".inline-group").forEach(start));
})();
