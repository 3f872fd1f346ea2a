/* An anchor of a page that is drawn after it was opened: its entry unfolds and comes into view, again
   whenever more is drawn above it, until the reader does something or the page has settled.
   Where the page has no such entry, the notice that the page holds for it is shown. */
(() => {
  const SETTLES = 3000; // milliseconds
  const ACTS = ["wheel", "touchstart", "keydown", "pointerdown"];
  const asked = () => decodeURIComponent(location.hash.slice(1));
  const warn = (code) => {
    const notice = document.getElementById("no-anchor");
    if (!notice) return false;
    const named = notice.querySelector("code");
    if (named.textContent !== code) named.textContent = code; // what is written draws, and would be followed without end
    notice.hidden = !code;
    return true;
  };
  const show = () => {
    const code = asked(), entry = code && document.getElementById(code);
    if (!entry) return warn(code);
    warn("");
    for (let fold = entry.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    entry.scrollIntoView();
    return true;
  };
  window.addEventListener("hashchange", show);
  if (location.hash.length > 1) {
    show(); // where the server has laid out the page
    let settling;
    const stop = () => drawn.disconnect();
    const drawn = new MutationObserver(() => { if (show()) settling ??= setTimeout(stop, SETTLES); });
    ACTS.forEach((act) => window.addEventListener(act, stop, { once: true }));
    drawn.observe(document, { childList: true, subtree: true });
  }
})();
