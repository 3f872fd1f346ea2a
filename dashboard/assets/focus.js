/* After a choice the focus stays on what was chosen from; on another page it moves to the content, or to the heading of
   what appeared, such as the answer to a file. A sentence for screen readers, of the heading and what stands out, says
   what is shown. */
(() => {
  "use strict";
  const USED = "used-link"; // what was used last: where it led from, its place, its name, its number there
  const PAUSE_MS = 300; // a region is read out when it changes after it has been there
  const PAGE = ["goal", "document"]; // the parameters of which each value is a page of its own
  const CHOICES = "main :is(a[href], summary), header .languages a";
  const APPEARS = "[data-appears]"; // the heading of what appeared
  const PLACES = "nav, ul, table, [role=group], section, p, div";

  const nameOf = (link) => (link.getAttribute("aria-label") || link.textContent).replace(/[\d\s.,]+/g, " ").trim();

  function placeOf(link) {
    const place = link.closest(PLACES);
    return place ? `${place.tagName}.${place.className}` : "";
  }

  const linksLike = (used) => [...document.querySelectorAll(CHOICES)].filter((link) => placeOf(link) === used.place);

  function remember(event) {
    const link = event.target.closest?.(CHOICES);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const used = { from: location.href, place: placeOf(link), name: nameOf(link) };
    used.number = linksLike(used).indexOf(link);
    sessionStorage.setItem(USED, JSON.stringify(used));
  }

  /* Whether two addresses show one page, with other choices. */
  function isSamePage(one, other) {
    const [before, now] = [new URL(one), new URL(other)];
    const same = (name) => before.searchParams.get(name) === now.searchParams.get(name);
    return before.pathname === now.pathname && PAGE.every(same);
  }

  function findAgain(used) {
    const links = linksLike(used);
    return links.find((link) => used.name && nameOf(link) === used.name) ?? links[used.number];
  }

  /* Where the reader came from by a link or a choice, and not by going back or loading anew. */
  function cameFrom() {
    const isAnswered = sessionStorage.getItem("answered");
    sessionStorage.removeItem("answered");
    if (isAnswered) return location.href;
    const [arrival] = performance.getEntriesByType("navigation");
    const isOwn = document.referrer && new URL(document.referrer).origin === location.origin;
    return arrival?.type === "navigate" && isOwn ? document.referrer : "";
  }

  function placeFocus(from, used) {
    if (document.activeElement && document.activeElement !== document.body) return; // a list has it again
    const again = used && used.from === from && isSamePage(from, location.href) ? findAgain(used) : null;
    const appeared = document.querySelector(APPEARS);
    if (again) again.focus({ preventScroll: true });
    else if (appeared) appeared.focus();
    else if (location.hash.length < 2) document.getElementById("main").focus({ preventScroll: true });
  }

  /* The texts of a part, each in its language, without links and names. */
  function* textsOf(part) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      yield Object.assign(document.createElement("span"), { textContent: data, lang: parentElement.closest("[lang]").lang });
    }
  }

  function sentence() {
    const appeared = document.querySelector(APPEARS);
    const parts = [appeared ?? document.querySelector("main h1"), document.querySelector("main .verdict, main [data-result], main .strip .status, main .says .status")];
    return parts.filter(Boolean).flatMap((part, at) => (at ? [". ", ...textsOf(part)] : [...textsOf(part)]));
  }

  const region = document.createElement("div");
  region.id = "announcement";
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);
  const from = cameFrom();
  const used = JSON.parse(sessionStorage.getItem(USED) ?? "null");
  sessionStorage.removeItem(USED);
  document.addEventListener("click", remember, true);

  const announce = () => setTimeout(() => { region.replaceChildren(...sentence()); }, PAUSE_MS);

  function arrive() {
    if (!document.querySelector("main h1")) return false;
    if (from) {
      placeFocus(from, used);
      announce();
    }
    watch(document.querySelector(APPEARS));
    return true;
  }

  /* A refusal that names a field marks it and gives it the focus, once. */
  function focusField() {
    const refusal = document.querySelector("[data-field]");
    const field = refusal && document.getElementById(refusal.dataset.field);
    if (!field || refusal.dataset.isSeen) return;
    refusal.dataset.isSeen = "true";
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  /* A field that is filled in anew is not wrong until it is looked at again. */
  document.addEventListener("input", (event) => event.target.removeAttribute?.("aria-invalid"));

  /* What Dash draws later has the focus, unless the reader has moved it elsewhere meanwhile. */
  function watch(last) {
    let known = last;
    new MutationObserver(() => {
      focusField();
      const appeared = document.querySelector(APPEARS);
      if (appeared === known) return;
      known = appeared;
      if (!appeared) return;
      if (document.activeElement === document.body) appeared.focus();
      announce();
    }).observe(document.body, { childList: true, subtree: true });
  }

  if (!arrive()) {
    const drawn = new MutationObserver(() => { if (arrive()) drawn.disconnect(); });
    drawn.observe(document, { childList: true, subtree: true });
  }
})();
