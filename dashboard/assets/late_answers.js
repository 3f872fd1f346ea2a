/* An answer that is late or does not come is said above the page, with what to do; what is shown stays. */
(() => {
  "use strict";
  const LATE_MS = 4000;
  const notice = document.createElement("aside");
  notice.className = "service-notice";
  notice.setAttribute("role", "status");
  notice.hidden = true;
  document.body.prepend(notice);
  let waiting = 0;

  function say(words, link) {
    const sentence = document.createElement("p");
    sentence.append(words);
    if (link) {
      const again = document.createElement("a");
      again.href = location.href;
      again.textContent = link;
      sentence.append(" ", again);
    }
    notice.replaceChildren(sentence);
    notice.hidden = false;
  }

  const { late, failed, again } = document.body.dataset;
  const fetchPlain = window.fetch;
  window.fetch = async (...asked) => {
    waiting += 1;
    const timer = setTimeout(() => say(late), LATE_MS);
    try {
      const answer = await fetchPlain(...asked);
      if (answer.status >= 500) say(failed, again);
      else if (waiting === 1) notice.hidden = true;
      return answer;
    } catch (error) {
      if (error.name !== "AbortError") say(failed, again);
      throw error;
    } finally {
      waiting -= 1;
      clearTimeout(timer);
    }
  };
})();
