/* Asks before the page is left with words that were not saved. Sending the form is no leaving.

   A page that shows unsaved words from the start says so by data-unsaved on the form. */
"use strict";

const draft = document.getElementById("draft");
let unsaved = draft.hasAttribute("data-unsaved");

draft.addEventListener("input", () => {
  unsaved = true;
});

draft.addEventListener("submit", () => {
  unsaved = false;
});

document.addEventListener("htmx:afterSettle", () => {
  unsaved = true;
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
