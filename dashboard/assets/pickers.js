/* What is chosen from a list or typed into a search box is handed to Dash, which writes it into the address.
   A choice loads the page of the new address, where the list has the focus again. */
(() => {
  "use strict";
  const TYPING_PAUSE_MS = 300;
  const MOVING = navigator.platform.startsWith("Mac") ? /^[^ ]$/ : /^(Arrow.*|Home|End|Page.*|[^ ])$/;
  let isMoving = false; // through a closed list by keyboard, where the browser reports every step as a choice
  let moved = null; // the list whose step waits for Enter, or for the focus to leave it
  const CHOSEN = "chosen-from"; // the parameter of the list from which the last choice was made
  let pause = 0;

  const listOf = (event) => (event.target.matches?.("[data-picks] select") ? event.target : null);

  function pick(control) {
    moved = null;
    const { picks } = control.closest("[data-picks]").dataset;
    window.dash_clientside.set_props("picked", { data: { parameter: picks, value: control.value } });
  }

  function choose(list) {
    if (document.activeElement === list) sessionStorage.setItem(CHOSEN, list.closest("[data-picks]").dataset.picks);
    pick(list);
  }

  const chosen = sessionStorage.getItem(CHOSEN);
  sessionStorage.removeItem(CHOSEN);
  if (chosen) {
    const drawn = new MutationObserver(() => {
      const list = document.querySelector(`[data-picks="${CSS.escape(chosen)}"] select`);
      if (list) { drawn.disconnect(); list.focus({ preventScroll: true }); }
    });
    drawn.observe(document, { childList: true, subtree: true });
  }

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
    if (moved && moved === event.target && moved.isConnected) choose(moved);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-picks] input")) return;
    clearTimeout(pause);
    pause = setTimeout(() => event.target.isConnected && pick(event.target), TYPING_PAUSE_MS);
  });
})();
