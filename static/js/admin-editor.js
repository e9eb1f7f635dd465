/* Names for the rich text editors: field, toolbar and buttons, in the language of the page.

   The editor knows only English words. Ours come from the data attribute of this script's own tag, which stands
   before the editor's modules. */
"use strict";

(() => {
  const words = JSON.parse(document.currentScript.dataset.words);
  const translate = window.gettext ?? ((text) => text);

  window.gettext = (text) => words[text] ?? translate(text);

  function nameButtons(editor) {
    const toolbar = editor.querySelector(".prose-menubar");
    toolbar.setAttribute("role", "group");
    toolbar.setAttribute("aria-label", words.toolbar);
    for (const button of toolbar.querySelectorAll("button[data-name]")) {
      const name = words[button.dataset.name];
      if (!name) continue;
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }

  function nameField(editor, textarea) {
    const label = document.querySelector(`label[for="${textarea.id}"]`);
    const field = editor.querySelector(".ProseMirror[contenteditable]");
    field.setAttribute("role", "textbox");
    field.setAttribute("aria-multiline", "true");
    field.lang = textarea.name.match(/_([a-z]{2})$/)?.[1] ?? document.documentElement.lang;
    for (const hint of textarea.getAttribute("aria-describedby")?.split(" ") ?? []) {
      if (document.getElementById(hint)) field.setAttribute("aria-describedby", hint);
    }
    if (!label) return;
    label.id ||= `${textarea.id}_label`;
    field.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => field.focus());
  }

  /* The toolbar is there once the editor says that it is created. */
  document.addEventListener("prose-editor:ready", ({ target, detail }) => {
    const editor = target.closest(".prose-editor");
    nameField(editor, target);
    detail.editor.on("create", () => nameButtons(editor));
  });
})();
