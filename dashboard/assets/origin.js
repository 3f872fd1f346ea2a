/* The panel with the origin of a figure takes the focus when it opens; Escape closes it, and the figure has the focus again,
   on the page before where the figure was chosen there. */
(() => {
  "use strict";
  const CLOSED = "origin-closed"; // the figure whose panel was closed last
  const CHOSEN = "origin-chosen"; // the figure that was chosen on the page before
  let opened = "";

  const figureOf = (search) => new URLSearchParams(search).get("figure") ?? "";
  const leadsTo = (figure) => (link) => !link.closest("#origin") && figureOf(link.search) === figure;
  const linkOf = (figure) => figure && [...document.querySelectorAll("main td a[href*='figure=']")].find(leadsTo(figure));

  /* Where a figure was chosen on another page, and nothing else since. */
  function noteChoice(link) {
    const figure = figureOf(link.search);
    const isElsewhere = figure && link.pathname !== location.pathname;
    sessionStorage.setItem(CHOSEN, isElsewhere ? figure : "");
  }

  function close(panel) {
    const figure = figureOf(location.search);
    if (linkOf(figure) || sessionStorage.getItem(CHOSEN) !== figure) return panel.querySelector("a.take")?.click();
    sessionStorage.setItem(CLOSED, figure);
    history.back();
  }

  document.addEventListener("keydown", (event) => {
    const panel = document.getElementById("origin");
    if (event.key === "Escape" && panel) close(panel);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link) noteChoice(link);
    if (link?.matches("#origin a.take")) sessionStorage.setItem(CLOSED, figureOf(location.search));
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
  window.addEventListener("pageshow", follow); // a page that the browser has kept
  new MutationObserver(follow).observe(document, { childList: true, subtree: true });
})();
