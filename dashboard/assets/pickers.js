/* What is chosen from a list is written into the address, whose page is then loaded; there the list has the focus again.
   What is typed into a search box is written there too; the page around the box is replaced, and not loaded anew. */
(() => {
  "use strict";
  const TYPING_PAUSE_MS = 300;
  const MOVING = navigator.platform.startsWith("Mac") ? /^[^ ]$/ : /^(Arrow.*|Home|End|Page.*|[^ ])$/;
  let isMoving = false; // through a closed list by keyboard, where the browser reports every step as a choice
  let moved = null; // the list whose step waits for Enter, or for the focus to leave it
  const CHOSEN = "chosen-from"; // the parameter of the list from which the last choice was made
  let pause = 0;

  const listOf = (event) => (event.target.matches?.("[data-picks] select") ? event.target : null);

  /* The address after a choice, without what depended on the choice before and what is no parameter. */
  function addressAfter({ writes, drops }, value) {
    const query = new URLSearchParams(location.search);
    const known = new Set(document.body.dataset.parameters.split(" "));
    for (const name of [...query.keys()]) if (!known.has(name) || !query.get(name)) query.delete(name);
    for (const name of drops.split(" ")) query.delete(name);
    query.delete(writes);
    if (value) query.set(writes, value);
    const written = query.toString();
    return location.pathname + (written && `?${written}`);
  }

  async function choose(list) {
    moved = null;
    const { dataset } = list.closest("[data-picks]");
    const address = addressAfter(dataset, list.value);
    sessionStorage.setItem(CHOSEN, dataset.picks);
    if (await window.leaveFor(address)) return;
    sessionStorage.removeItem(CHOSEN);
    showDefaults();
  }

  function showDefaults() {
    for (const list of document.querySelectorAll("[data-picks] select")) {
      for (const option of list.options) option.selected = option.defaultSelected;
    }
  }

  async function search(box) {
    const address = addressAfter(box.closest("[data-picks]").dataset, box.value);
    const answer = await fetch(address).catch(() => null);
    if (!answer) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!box.isConnected || address !== addressAfter(box.closest("[data-picks]").dataset, box.value)) return;
    history.replaceState(null, "", address);
    document.title = found.title;
    document.querySelector("header").replaceWith(found.querySelector("header"));
    replaceAround(box, found);
  }

  /* The parts of the page beside that with the box; a part that is read out when it changes stays the same element. */
  function replaceAround(box, found) {
    const partOf = (control) => control.closest("main > *");
    const own = partOf(box);
    const other = partOf(found.querySelector(`[data-picks="${box.closest("[data-picks]").dataset.picks}"]`));
    const status = own.parentElement.querySelector(":scope > [role=status]");
    const fresh = other.parentElement.querySelector(":scope > [role=status]");
    if (status && fresh) status.replaceChildren(...fresh.childNodes);
    const kept = new Set([own, status]);
    for (const part of [...own.parentElement.children]) if (!kept.has(part)) part.remove();
    let before = true;
    for (const part of [...other.parentElement.children]) {
      if (part === other) before = false;
      else if (part.matches("[role=status]")) continue;
      else if (before) own.before(part);
      else own.parentElement.append(part);
    }
  }

  function focusChosen(parameter) {
    const list = document.querySelector(`[data-picks="${CSS.escape(parameter)}"] select`);
    const fold = list?.closest("details:not([open])"); // a list in a closed fold cannot have the focus
    (fold ? fold.querySelector("summary") : list)?.focus({ preventScroll: true });
    return list;
  }

  const chosen = sessionStorage.getItem(CHOSEN);
  sessionStorage.removeItem(CHOSEN);
  if (chosen && !focusChosen(chosen)) {
    const drawn = new MutationObserver(() => { if (focusChosen(chosen)) drawn.disconnect(); });
    drawn.observe(document, { childList: true, subtree: true });
  }

  /* Going back, a browser restores what was chosen when the page was left; the page shows what was chosen before. */
  window.addEventListener("pageshow", showDefaults);

  document.addEventListener("pointerdown", () => { isMoving = false; });
  document.addEventListener("keydown", (event) => {
    const list = listOf(event);
    if (!list) return;
    isMoving = MOVING.test(event.key) && !event.altKey;
    if (event.key === "Enter" && moved === list) { event.preventDefault(); choose(list); }
  });
  document.addEventListener("change", (event) => {
    const list = listOf(event);
    if (!list) return;
    if (isMoving) moved = list; else choose(list);
  });
  document.addEventListener("focusout", (event) => {
    if (!moved || moved !== event.target || !moved.isConnected) return;
    choose(moved);
  });
  document.addEventListener("submit", (event) => { if (event.target.matches(".pick-form")) event.preventDefault(); });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-picks] input")) return;
    clearTimeout(pause);
    pause = setTimeout(() => event.target.isConnected && search(event.target), TYPING_PAUSE_MS);
  });
})();
