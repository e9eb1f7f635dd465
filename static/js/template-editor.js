/* Beside the form of a template: placeholders that go in where the cursor was, and the preview in a frame of the page.

   Without it the placeholders are a list to read and the preview opens in a window of its own. The words come from
   the data attributes of the panel. */
"use strict";

(() => {
  const panel = document.querySelector(".on-paper");
  if (!panel) return;
  const words = panel.dataset;
  const form = document.getElementById("template_form");
  const status = panel.querySelector("[role=status]");
  const say = (text) => (status.textContent = text);

  /* Where the cursor was last: an editor by its textarea, or a line of text. */
  const editors = new Map();
  let last = null;

  document.addEventListener("prose-editor:ready", ({ target, detail }) => {
    editors.set(target, detail.editor);
    detail.editor.on("focus", () => (last = target));
    detail.editor.on("update", later);
  });
  form.addEventListener("focusin", ({ target }) => {
    if (target.matches("input[type=text], textarea")) last = target;
  });

  function insert(text) {
    if (!last?.isConnected) return say(words.unplaced);
    const editor = editors.get(last);
    if (editor) editor.chain().focus().insertContent({ type: "text", text }).run();
    else {
      last.focus();
      last.setRangeText(text, last.selectionStart, last.selectionEnd, "end");
      last.dispatchEvent(new Event("input", { bubbles: true }));
    }
    say(words.inserted.replace("{placeholder}", text));
  }

  for (const code of panel.querySelectorAll("[data-insert]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "placeholder";
    button.addEventListener("click", () => insert(code.textContent));
    code.replaceWith(button);
    button.append(code);
  }

  /* The form is sent into the frame, so that the page with what was typed stays. */
  const button = panel.querySelector("[data-preview]");
  const follow = panel.querySelector("[data-follow]");
  const frame = panel.querySelector("iframe");
  let timer = 0;

  button.formTarget = frame.name;
  follow.parentElement.hidden = false;
  button.addEventListener("click", () => (frame.hidden = false));
  frame.addEventListener("load", () => {
    if (frame.hidden) return;
    say(words.shown);
    frame.scrollIntoView({ block: "nearest" });
  });

  function later() {
    if (!follow.checked) return;
    clearTimeout(timer);
    timer = setTimeout(() => button.click(), 1200);
  }
  form.addEventListener("input", later);
  panel.addEventListener("change", later);
})();
