/* An anchor of a page that is drawn after it was opened: its entry unfolds and comes into view.
   Where the page has no such entry, the notice that the page holds for it is shown. */
(() => {
  const asked = () => decodeURIComponent(location.hash.slice(1));
  const warn = (code) => {
    const notice = document.getElementById("no-anchor");
    if (!notice) return false;
    notice.querySelector("code").textContent = code;
    notice.hidden = !code;
    return true;
  };
  const show = () => {
    const code = asked(), entry = code && document.getElementById(code);
    if (!entry) return warn(code);
    warn("");
    if (entry.tagName === "DETAILS") entry.open = true;
    entry.scrollIntoView();
    return true;
  };
  window.addEventListener("hashchange", show);
  if (location.hash.length > 1) {
    const drawn = new MutationObserver(() => { if (show()) drawn.disconnect(); });
    drawn.observe(document, { childList: true, subtree: true });
  }
})();
