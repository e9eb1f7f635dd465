/* Saves the draft of a person two seconds after the last key and on leaving a field.

   The page says when it was saved, and what stands in the way. On a lost connection it keeps trying and warns before
   it is left with unsaved words. Nothing is kept in the browser: it is other people's data. */
"use strict";

const PAUSE_AFTER_KEY = 2_000;
const FIRST_RETRY = 3_000;
const LAST_RETRY = 30_000;

const form = document.getElementById("person");
const line = document.getElementById("saved");
const saves = form.hasAttribute("data-autosave");

let unsaved = form.hasAttribute("data-unsaved");
let changes = 0;
let timer = null;
let sending = null;
let retryAfter = FIRST_RETRY;

function say(words, isTrouble) {
  const now = new Date();
  const clock = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  line.textContent = words.replace("{time}", clock);
  line.classList.toggle("trouble", isTrouble);
  announce(line.textContent);
}

function plan(wait) {
  clearTimeout(timer);
  if (saves) timer = setTimeout(save, wait);
}

function save() {
  clearTimeout(timer);
  if (sending || !unsaved) return;
  sending = send(changes).finally(() => {
    sending = null;
  });
}

async function send(sentChanges) {
  const body = new FormData(form);
  body.set("action", "autosave");
  let answer;
  try {
    const response = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 403) {
      say(form.dataset.signedOut, true);
      plan(LAST_RETRY);
      return;
    }
    if (!response.ok) throw new Error(response.status);
    answer = await response.json();
  } catch {
    say(form.dataset.offline, true);
    plan(retryAfter);
    retryAfter = Math.min(2 * retryAfter, LAST_RETRY);
    return;
  }
  retryAfter = FIRST_RETRY;
  take(answer, sentChanges);
}

function take(answer, sentChanges) {
  say(answer.words, answer.state !== "saved");
  if (answer.version) {
    form.elements.version.value = answer.version;
    form.setAttribute("action", answer.address);
    history.replaceState(null, "", answer.address);
  }
  const typedSince = changes !== sentChanges;
  unsaved = typedSince || answer.state !== "saved";
  if (typedSince) plan(PAUSE_AFTER_KEY);
}

form.addEventListener("input", () => {
  unsaved = true;
  changes += 1;
  plan(PAUSE_AFTER_KEY);
});

form.addEventListener("change", () => plan(0));

form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (sending) {
    event.preventDefault(); // the answer brings the version that this one has to name
    sending.then(() => form.requestSubmit(event.submitter));
    return;
  }
  unsaved = false;
});

/* Another role exchanges the fields: what was typed while the answer was on its way goes into the new ones. */
let typed = null;

form.addEventListener("htmx:beforeSwap", () => {
  typed = new Map([...form.elements].map((field) => [field.id, field]));
});

form.addEventListener("htmx:afterSwap", () => {
  for (const field of form.elements) {
    const before = typed?.get(field.id);
    if (!field.id || !before || before === field) continue;
    field.value = before.value;
    field.checked = before.checked;
  }
  typed = null;
  changes += 1;
  plan(PAUSE_AFTER_KEY);
});

window.addEventListener("online", () => plan(0));

window.addEventListener("beforeunload", (event) => {
  if (unsaved || sending) event.preventDefault();
});
