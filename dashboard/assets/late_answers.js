/* An answer that is late or does not come is said above the page, with what to do; what is shown stays, and is dimmed
   until the answer comes. Files, and how far they are, have sentences of their own. */
(() => {
  "use strict";
  const DIM_MS = 200, LATE_MS = 4000;
  const FILES = /\.\w+$|^\/(download|embed|slides)\b/; // paths that are followed by a file, and not by a page
  const notice = document.createElement("aside");
  notice.className = "service-notice";
  notice.setAttribute("role", "status");
  notice.hidden = true;
  document.body.prepend(notice);
  const main = document.querySelector("main");
  const { late, failed, again } = document.body.dataset;
  let waiting = 0, timers = [];

  function say(words, link, address) {
    const sentence = document.createElement("p");
    sentence.append(words);
    if (link) {
      const repeat = document.createElement("a");
      repeat.href = address;
      repeat.textContent = link;
      sentence.append(" ", repeat);
    }
    notice.replaceChildren(sentence);
    notice.hidden = false;
  }

  function expectAnswer() {
    forget();
    timers = [setTimeout(() => main?.setAttribute("aria-busy", "true"), DIM_MS), setTimeout(() => say(late), LATE_MS)];
  }

  function forget() {
    timers.forEach(clearTimeout);
    main?.removeAttribute("aria-busy");
  }

  /* Of the page itself, and no file: its search, its callbacks, and whether the server is there. */
  const isOfPage = (url, { method = "GET" } = {}) => method !== "GET" || url.pathname === location.pathname;

  const fetchPlain = window.fetch;
  window.fetch = async (...asked) => {
    const url = new URL(asked[0].url ?? asked[0], location.href);
    if (!isOfPage(url, asked[1])) return fetchPlain(...asked);
    const address = asked[1]?.returnTo ?? (url.pathname === location.pathname ? url.href : location.href);
    waiting += 1;
    if (waiting === 1) expectAnswer();
    try {
      const answer = await fetchPlain(...asked);
      if (answer.status >= 500) say(failed, again, address);
      else if (waiting === 1) notice.hidden = true;
      return answer;
    } catch (error) {
      if (error.name !== "AbortError") say(failed, again, address);
      throw error;
    } finally {
      waiting -= 1;
      if (!waiting) forget();
    }
  };

  /* A link loads another page; until its answer begins, this one is there. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isElsewhere = link.origin !== location.origin || link.target || link.hasAttribute("download");
    const isHere = link.hash && link.pathname === location.pathname && link.search === location.search;
    if (isElsewhere || isHere || FILES.test(link.pathname)) return;
    setTimeout(() => { if (!event.defaultPrevented) expectAnswer(); }); // after what other scripts do with the link
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") forget(); });
  window.addEventListener("pageshow", () => { forget(); notice.hidden = true; });
})();
