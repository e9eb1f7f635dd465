/* What the forms of the administration lack: names, one thing to focus in each language tab, the way to a field.

   jQuery UI makes the list item the tab and leaves a link inside it; modeltranslation adds a switch without a name. The
   words come from the data attributes of this script's own tag. */
"use strict";

(() => {
  const words = document.currentScript.dataset;

  function mendTabs(tabs) {
    for (const link of tabs.querySelectorAll(".ui-tabs-anchor")) {
      const { href, hash } = link; // jQuery UI goes on reading them
      link.removeAttribute("href");
      Object.defineProperties(link, { href: { value: href }, hash: { value: hash } });
      link.removeAttribute("tabindex");
      link.setAttribute("role", "none");
      link.textContent = link.title;
      link.removeAttribute("title");
    }
    openOwn(tabs);
    const label = tabs.querySelector("label")?.textContent.trim() ?? words.languages;
    tabs.querySelector("[role=tablist]").setAttribute("aria-label", label);
  }

  /* Of several texts with an error the library opens the last; the reader's own comes first. */
  function openOwn(tabs) {
    const own = `_${document.documentElement.lang}`;
    const all = [...tabs.querySelectorAll("[role=tab]")];
    const place = all.findIndex((tab) => tab.matches(".ui-tab-has-errors") && tab.getAttribute("aria-controls").endsWith(own));
    if (place >= 0) jQuery(tabs).tabs("option", "active", place);
  }

  function mendSwitch() {
    const select = document.getElementById("modeltranslation-main-switch");
    const names = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
    select.setAttribute("aria-label", words.languages);
    for (const option of select.options) {
      const name = names.of(option.text.trim());
      option.text = name.charAt(0).toUpperCase() + name.slice(1);
    }
    select.selectedIndex = [...document.querySelector(".ui-tabs-nav").children].findIndex((tab) => tab.matches(".ui-tabs-active"));
    select.closest("h1").after(select);
  }

  /* A page without a text in two languages has nothing to switch. */
  function removeEmptySwitch() {
    const select = document.getElementById("modeltranslation-main-switch");
    if (select && !select.options.length) select.remove();
  }

  /* A link to a field (#id_title_es) opens the tab it is in and puts the cursor there. */
  function goToField() {
    const field = location.hash && document.getElementById(location.hash.slice(1));
    const panel = field && field.closest(".ui-tabs-panel");
    if (panel) document.querySelector(`[role=tab][aria-controls="${panel.id}"] .ui-tabs-anchor`).click();
    if (field) (field.closest(".prose-editor")?.querySelector("[contenteditable]") ?? field).focus();
  }

  /* The libraries start when the page is ready, in steps of their own; what follows comes after the last. */
  jQuery(document).on("tabscreate", ({ target }) => mendTabs(target));
  jQuery(document).one("tabscreate", () => setTimeout(() => (mendSwitch(), goToField())));
  jQuery(() => setTimeout(removeEmptySwitch));
  window.addEventListener("hashchange", goToField);
  document.addEventListener("prose-editor:ready", ({ target }) => {
    if (location.hash === `#${target.id}`) goToField();
  });
})();
