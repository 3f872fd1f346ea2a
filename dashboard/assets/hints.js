/* The words of a sign (`data-hint`; empty: its label) are shown while it is pointed at or has the focus, and after a
   touch. Escape closes them. They stay while the pointer is on them. */
(() => {
  "use strict";
  const HINTED = "[data-hint]";
  const SIGN = "a.mark[data-hint]"; // a link without a word: the first touch shows what it is, the second follows it
  const BETWEEN = 6; // pixels from the sign, and from the edge of the window
  const PAUSE_MS = 250;
  const tip = document.createElement("div");
  tip.id = "hint";
  tip.className = "hint-words";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let owner = null;
  let timer = 0;

  const hintedOf = (target) => target.closest?.(HINTED);

  function place(sign) {
    const [around, own] = [sign.getBoundingClientRect(), tip.getBoundingClientRect()];
    const below = around.bottom + BETWEEN;
    const isRoom = below + own.height <= innerHeight;
    tip.style.top = `${Math.max(BETWEEN, isRoom ? below : around.top - own.height - BETWEEN)}px`;
    tip.style.left = `${Math.max(BETWEEN, Math.min(around.left, innerWidth - own.width - BETWEEN))}px`;
  }

  function show(sign) {
    clearTimeout(timer);
    if (owner === sign) return;
    hide();
    const words = sign.dataset.hint || sign.getAttribute("aria-label");
    if (!words) return;
    owner = sign;
    if (sign.dataset.hint) sign.setAttribute("aria-describedby", tip.id);
    document.body.append(tip);
    tip.textContent = words;
    tip.lang = sign.closest("[lang]").lang;
    tip.hidden = false;
    place(sign);
  }

  function hide() {
    clearTimeout(timer);
    owner?.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  }

  function soon(action) {
    clearTimeout(timer);
    timer = setTimeout(action, PAUSE_MS);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const sign = hintedOf(event.target);
    if (sign) soon(() => show(sign));
    else if (event.target === tip) clearTimeout(timer);
    else if (owner && owner !== document.activeElement) soon(hide);
  });
  document.addEventListener("focusin", (event) => {
    const sign = hintedOf(event.target);
    if (sign?.matches(":focus-visible") && sign.tagName !== "SELECT") show(sign);
    else if (!sign) hide();
  });
  document.addEventListener("focusout", (event) => { if (event.target === owner) hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("scroll", () => { if (owner) place(owner); }, { capture: true, passive: true });

  let touched = null; // whose words a touch has shown
  document.addEventListener("click", (event) => {
    const sign = hintedOf(event.target);
    const isTouch = event.pointerType === "touch";
    if (!sign) { touched = null; if (event.target !== tip) hide(); return; }
    const isFirst = isTouch && touched !== sign && sign.matches(SIGN);
    if (sign.tagName === "BUTTON" || isFirst) { event.preventDefault(); show(sign); }
    touched = isTouch ? sign : null;
  }, true);
})();
