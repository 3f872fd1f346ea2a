/* The panel with the origin of a figure takes the focus when it opens; Escape closes it, and the figure has the focus again. */
(() => {
  "use strict";
  const CLOSED = "origin-closed"; // the figure whose panel was closed last
  let opened = "";

  const figureOf = (search) => new URLSearchParams(search).get("figure") ?? "";
  const linkOf = (figure) => document.querySelector(`a[data-figure="${CSS.escape(figure)}"]`);

  function close(panel) {
    panel.querySelector("a.take")?.click();
  }

  document.addEventListener("keydown", (event) => {
    const panel = document.getElementById("origin");
    if (event.key === "Escape" && panel) close(panel);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#origin a.take")) sessionStorage.setItem(CLOSED, figureOf(location.search));
  }, true);

  function follow() {
    const figure = figureOf(location.search);
    const panel = document.getElementById("origin");
    if (panel && figure && figure !== opened) {
      opened = figure;
      panel.querySelector("h2").focus({ preventScroll: true });
    }
    const closed = sessionStorage.getItem(CLOSED);
    const link = linkOf(figure || closed || "");
    if (figure && link) link.classList.add("origin-shown");
    if (!figure && closed && link) { sessionStorage.removeItem(CLOSED); link.focus(); }
  }

  follow();
  new MutationObserver(follow).observe(document, { childList: true, subtree: true });
})();
