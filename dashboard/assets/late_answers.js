/* An answer that is late or does not come is said above the page, with what to do; what is shown stays, and is dimmed
   until the answer comes. Files, and how far they are, have sentences of their own. Words are HTML, with their language. */
(() => {
  "use strict";
  const DIM_MS = 200, LATE_MS = 4000, UNNOTICED_MS = 200;
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
    sentence.innerHTML = words;
    if (link) {
      const repeat = document.createElement("a");
      repeat.href = address;
      repeat.innerHTML = link;
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

  /* Of the page itself, and no file: its search and its callbacks. */
  const isOfPage = (url, { method = "GET" } = {}) => method !== "GET" || url.pathname === location.pathname;

  const fetchPlain = window.fetch;
  window.fetch = async (...asked) => {
    const url = new URL(asked[0].url ?? asked[0], location.href);
    if (!isOfPage(url, asked[1])) return fetchPlain(...asked);
    const address = url.pathname === location.pathname ? url.href : location.href;
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

  /* The page of an address replaces this one, unless the server is gone: the browser would show a page of its own. Where
     the server does not answer at once, the browser waits for it, not this page. Returns whether this page is left. */
  function askServer() {
    const server = {};
    const answer = fetchPlain("/assets/favicon.ico", { method: "HEAD", cache: "no-store" })
      .then(({ status }) => status < 500, () => false).then((isThere) => { server.isThere = isThere; });
    server.answered = Promise.race([answer, new Promise((unnoticed) => { setTimeout(unnoticed, UNNOTICED_MS); })]);
    return server;
  }

  async function leaveFor(address, server = askServer()) {
    await server.answered;
    if (server.isThere === false) say(failed, again, address);
    else { expectPage(address); location.assign(address); }
    return server.isThere !== false;
  }
  window.leaveFor = leaveFor;

  function expectPage(address) {
    if (!FILES.test(new URL(address, location.href).pathname)) expectAnswer();
  }

  /* The link of a click that replaces this page. */
  function linkOf(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
    const isElsewhere = link.origin !== location.origin || link.target || link.hasAttribute("download");
    const isHere = link.hash && link.pathname === location.pathname && link.search === location.search;
    return isElsewhere || isHere ? null : link;
  }

  let pressed; // the server is asked while a link is pressed, and has mostly answered when it is let go
  document.addEventListener("pointerdown", (event) => { pressed = linkOf(event) ? askServer() : undefined; }, { passive: true });
  window.addEventListener("click", (event) => { // after what other scripts do with the link
    const link = linkOf(event);
    if (!link || event.defaultPrevented) return;
    const server = event.detail ? pressed : undefined; // nothing is pressed where a key follows a link
    if (server?.isThere) return expectPage(link.href);
    event.preventDefault();
    leaveFor(link.href, server);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") forget(); });
  window.addEventListener("pageshow", () => { forget(); notice.hidden = true; });
})();
