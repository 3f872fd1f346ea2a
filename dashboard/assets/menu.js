/* A folded menu closes when something else is used, or by Escape, which gives its button the focus. */
(() => {
  "use strict";
  const openMenus = () => document.querySelectorAll("header details[open], .choose[open]");

  function closeOthers(event) {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  }

  document.addEventListener("pointerdown", closeOthers);
  document.addEventListener("focusin", closeOthers);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });
})();
