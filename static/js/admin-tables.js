/* Fields in the rows of a table are named by the head of their column; stock admin leaves them without a name. So are
   the cells of a list, which stand one under another on a phone.

   Blank rows are copied from a pattern row, which is named too. A head without words, above the rows' own names or
   where nothing can be deleted, is no head. Runs before modeltranslation moves the columns. */
"use strict";

(() => {
  function nameFields(cell, head) {
    for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      if (!field.labels.length && !field.hasAttribute("aria-label")) {
        field.setAttribute("aria-label", head.textContent.trim().replace(/\s+/g, " "));
      }
    }
  }

  function emptyHead(head) {
    const cell = document.createElement("td");
    cell.className = head.className;
    head.replaceWith(cell);
  }

  function nameCells(list) {
    const heads = [...list.tHead.rows[0].cells].map((head) => head.querySelector(".text")?.textContent.trim());
    for (const row of list.tBodies[0].rows) {
      [...row.cells].forEach((cell, place) => {
        if (!cell.matches("td[class*=field-]")) return;
        cell.dataset.label = heads[place];
        cell.classList.toggle("nothing", /^[-–]$/.test(cell.textContent.trim()));
      });
    }
    list.classList.add("named");
  }

  const list = document.getElementById("result_list");
  if (list) nameCells(list);

  for (const table of document.querySelectorAll(".inline-group .tabular table")) {
    const heads = [...table.tHead.rows[0].cells];
    for (const row of table.querySelectorAll("tbody > .form-row")) {
      [...row.cells].forEach((cell, place) => nameFields(cell, heads[place]));
    }
    heads.filter((head) => head.matches("th") && !head.textContent.trim()).forEach(emptyHead);
  }
})();
