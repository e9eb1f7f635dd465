/* After a piece of the page is exchanged, the focus goes where the work goes on.

   The new piece marks the place with data-focus: the first field of an added row, or Undo after one is removed. */
"use strict";

document.addEventListener("htmx:afterSettle", (event) => {
  const piece = event.detail.elt;
  const place = piece.matches("[data-focus]") ? piece : piece.querySelector("[data-focus]");
  if (!place) return;
  place.removeAttribute("data-focus");
  place.focus();
});
