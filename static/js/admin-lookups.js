/* Select2 hides a named field behind one without: it gets the name, on every page that looks something up. */
"use strict";

(() => {
  function nameLookup(select) {
    const box = select.nextElementSibling?.querySelector("[role=combobox]");
    const value = box?.querySelector("[role=textbox]");
    const name = select.labels[0]?.textContent.trim() ?? select.getAttribute("aria-label");
    if (!value || !name) return;
    box.id = `${select.id}_lookup`;
    box.setAttribute("aria-label", name);
    box.setAttribute("aria-labelledby", `${box.id} ${value.id}`);
    value.setAttribute("aria-label", name);
  }

  const nameLookups = () => document.querySelectorAll(".select2-hidden-accessible").forEach(nameLookup);

  /* The library starts when the page is ready, in steps of its own. */
  window.addEventListener("load", () => setTimeout(nameLookups));
  document.addEventListener("formset:added", () => setTimeout(nameLookups));
})();
