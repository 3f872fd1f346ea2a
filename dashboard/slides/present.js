/* Shows the slides of the document one at a time: keyboard, clicker and touch, full screen, a window
   with notes and clock. Everything is in the document, so it needs no server once it is open. */
(() => {
  "use strict";

  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  const words = JSON.parse(document.getElementById("words").textContent);
  const live = document.getElementById("live");
  const place = document.querySelector(".place");
  const IDLE_AFTER = 3000, SWIPE = 40, SECOND = 1000;
  const began = Date.now();
  let at = 0, typed = "", notes = null, idle = 0, touched = null;

  const headingOf = (slide) => slide?.querySelector("h1, h2");
  const titleOf = (slide) => headingOf(slide)?.textContent ?? words.end;
  /* A word of the document, in its own language where the document is not translated as a whole. */
  const write = (element, name, text = words[name]) => { element.textContent = text; element.lang = words.languages[name] ?? root.lang; };
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function show(number) {
    at = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, position) => { slide.hidden = position !== at; });
    const where = filled(words.place, { n: at + 1, all: slides.length });
    copyTitle(live, slides[at]);
    live.prepend(`${where}: `);
    document.title = `${at + 1}/${slides.length} ${words.title}`;
    try { history.replaceState(null, "", `#${at + 1}`); } catch { /* a file of some browsers */ }
    typed = "";
    writePlace();
    writeNotes();
  }

  function writePlace() {
    place.textContent = typed ? `→ ${typed}` : `${at + 1} / ${slides.length}`;
  }

  const black = () => { root.classList.toggle("black"); if (root.classList.contains("black")) write(live, "black"); else copyTitle(live, slides[at]); };
  const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.());

  const KEYS = {
    ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1),
    ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1), Backspace: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1),
    b: black, ".": black, f: fullScreen, n: openNotes,
  };

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOnControl = event.target.closest?.("a, button, summary");
    if (isOnControl && (event.key === " " || event.key === "Enter")) return;
    stir();
    if (/^\d$/.test(event.key)) {
      typed = (typed + event.key).slice(-3);
      writePlace();
      return;
    }
    if (event.key === "Enter" && typed) { event.preventDefault(); show(Number(typed) - 1); return; }
    if (event.key === "Escape") {
      root.classList.remove("black");
      typed = "";
      writePlace();
      return;
    }
    const act = event.key === " " ? () => show(at + (event.shiftKey ? -1 : 1)) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    if (act !== black) root.classList.remove("black");
    act();
  }

  /* The second window has no address of its own: it is written from here, so it needs no server. */
  function openNotes() {
    if (notes && !notes.closed) { notes.focus(); return; }
    notes = window.open("", "", "popup,width=760,height=640");
    if (!notes) { write(live, "blocked"); write(place, "blocked"); return; }
    const page = notes.document;
    page.documentElement.lang = root.lang;
    page.title = words.notes;
    const style = page.createElement("style");
    style.textContent = `body{margin:0;padding:0 20px 16px;background:#17202e;color:#fff;font:20px/1.45 Arial,"Liberation Sans",sans-serif}
      header{position:sticky;top:0;padding:12px 0;background:#17202e;border-bottom:1px solid #7f96ba}
      .times{display:flex;justify-content:space-between;gap:16px;font-size:30px;font-variant-numeric:tabular-nums}
      .marks{margin:6px 0 0;color:#ffd27a;font-weight:bold} .next{margin:6px 0 0} .next b{color:#b9c9e2}
      h1{font-size:22px;margin:14px 0 6px} h2{font-size:17px;margin:18px 0 4px;color:#b9c9e2} p{margin:0 0 8px;white-space:pre-line}
      button{font:inherit;color:inherit;background:none;border:1px solid #7f96ba;border-radius:4px;min-height:44px;padding:0 16px;margin-right:8px}
      :focus-visible{outline:3px solid #ffb454;outline-offset:2px}`;
    page.head.append(style);
    page.body.innerHTML = `<header><div class="times"><span id="clock"></span><span id="elapsed"></span><span id="place"></span></div>
      <div id="marks"></div><p class="next"><b></b> <span id="next"></span></p></header>
      <p><button id="back"></button><button id="on"></button></p>
      <h1 id="title" aria-live="polite"></h1><div id="own"></div><h2></h2><div id="said"></div>`;
    write(page.getElementById("back"), "back");
    write(page.getElementById("on"), "on");
    write(page.querySelector(".next b"), "next", `${words.next}:`);
    write(page.querySelector("h2"), "calculation");
    page.getElementById("back").addEventListener("click", () => show(at - 1));
    page.getElementById("on").addEventListener("click", () => show(at + 1));
    page.addEventListener("keydown", pressed);
    writeNotes();
  }

  const twoDigits = (number) => String(number).padStart(2, "0");

  function writeClock() {
    if (!notes || notes.closed) return;
    const now = new Date(), seconds = Math.floor((Date.now() - began) / SECOND);
    notes.document.getElementById("clock").textContent = `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}`;
    write(notes.document.getElementById("elapsed"), "elapsed", `${words.elapsed} ${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`);
  }

  function copyTitle(element, slide) {
    if (!slide) { write(element, "end"); return; }
    element.lang = root.lang;
    element.replaceChildren(...[...headingOf(slide).childNodes].map((part) => element.ownerDocument.importNode(part, true)));
  }

  function writeNotes() {
    if (!notes || notes.closed) return;
    const page = notes.document;
    page.getElementById("place").textContent = `${at + 1} / ${slides.length}`;
    copyTitle(page.getElementById("title"), slides[at]);
    const copied = (which) => [...slides[at].querySelectorAll(which)].map((paragraph) => page.importNode(paragraph, true));
    page.getElementById("marks").replaceChildren(...copied(".notes .marks"));
    page.getElementById("own").replaceChildren(...copied(".notes .own"));
    page.getElementById("said").replaceChildren(...copied(".notes p:not(.own, .marks)"));
    page.documentElement.scrollTop = 0;
    copyTitle(page.getElementById("next"), slides[at + 1]);
    writeClock();
  }

  function stir() {
    root.classList.remove("idle");
    clearTimeout(idle);
    idle = setTimeout(() => root.classList.add("idle"), IDLE_AFTER);
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("pointermove", stir);
  document.addEventListener("focusin", stir);
  document.addEventListener("touchstart", (event) => { touched = event.changedTouches[0]; stir(); }, { passive: true });
  document.addEventListener("touchend", (event) => {
    const end = event.changedTouches[0];
    const right = end.clientX - touched.clientX, down = end.clientY - touched.clientY;
    if (event.touches.length || Math.abs(right) < SWIPE || Math.abs(right) < 2 * Math.abs(down)) return;
    show(at + (right < 0 ? 1 : -1));
  }, { passive: true });
  for (const [name, act] of Object.entries({ back: () => show(at - 1), on: () => show(at + 1), full: fullScreen, notes: openNotes, black })) {
    document.querySelector(`[data-act=${name}]`).addEventListener("click", act);
  }
  root.addEventListener("click", (event) => {
    if (root.classList.contains("black") && !event.target.closest(".controls")) black();
  });
  window.addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1 || 0));
  window.addEventListener("pagehide", () => notes?.close());
  setInterval(writeClock, SECOND);

  root.classList.add("presenting");
  show(Number(location.hash.slice(1)) - 1 || 0);
  stir();
})();
