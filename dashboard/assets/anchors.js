/* An anchor of a page that is drawn after it was opened: its entry unfolds and comes into view. */
(() => {
  const show = () => {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!entry) return false;
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
