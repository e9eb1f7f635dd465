/* Tells screen readers what changed ("Saved 17:42", places, progress), politely and at most every ten seconds.

   An exchanged piece carries the words in data-announce; only the latest words are kept. */
"use strict";

const PAUSE = 10_000;
const region = document.createElement("p");
region.className = "visually-hidden";
region.setAttribute("role", "status");
document.body.append(region);

let spokenAt = -PAUSE;
let waiting = null;

function announce(words) {
  clearTimeout(waiting);
  const wait = Math.max(0, spokenAt + PAUSE - performance.now());
  waiting = setTimeout(() => {
    spokenAt = performance.now();
    region.textContent = words;
  }, wait);
}

document.addEventListener("htmx:afterSettle", (event) => {
  const piece = event.detail.elt;
  const source = piece.matches("[data-announce]") ? piece : piece.querySelector("[data-announce]");
  if (source && source.dataset.announce !== region.textContent) announce(source.dataset.announce);
});
