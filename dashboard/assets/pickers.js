/* What is chosen from a list or typed into a search box is handed to Dash, which writes it into the address. */
(() => {
  "use strict";
  const TYPING_PAUSE_MS = 300;
  const MOVING = navigator.platform.startsWith("Mac") ? /^[^ ]$/ : /^(Arrow.*|Home|End|Page.*|[^ ])$/;
  let isMoving = false; // through a closed list by keyboard, where the browser reports every step as a choice
  let moved = null; // the list whose step waits for Enter, or for the focus to leave it
  let pause = 0;

  const listOf = (event) => (event.target.matches?.("[data-picks] select") ? event.target : null);

  function pick(control) {
    moved = null;
    const { picks } = control.closest("[data-picks]").dataset;
    window.dash_clientside.set_props("picked", { data: { parameter: picks, value: control.value } });
  }

  document.addEventListener("pointerdown", () => { isMoving = false; });
  document.addEventListener("keydown", (event) => {
    const list = listOf(event);
    if (!list) return;
    isMoving = MOVING.test(event.key) && !event.altKey;
    if (event.key === "Enter" && moved === list) { event.preventDefault(); pick(list); }
  });
  document.addEventListener("change", (event) => {
    const list = listOf(event);
    if (!list) return;
    if (isMoving) moved = list; else pick(list);
  });
  document.addEventListener("focusout", (event) => {
    if (moved && moved === event.target && moved.isConnected) pick(moved);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-picks] input")) return;
    clearTimeout(pause);
    pause = setTimeout(() => event.target.isConnected && pick(event.target), TYPING_PAUSE_MS);
  });
})();
