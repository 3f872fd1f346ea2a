/* A link to a document that takes seconds to make: says how far it is, then gives the file. The words are HTML, with their language. */
(() => {
  "use strict";
  const EVERY_MS = 700;
  const nameOf = (answer) => {
    const found = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(answer.headers.get("Content-Disposition") || "");
    return found ? decodeURIComponent(found[1]) : "";
  };
  async function follow(link, notice) {
    while (link.dataset.busy) {
      await new Promise((later) => setTimeout(later, EVERY_MS));
      const steps = await fetch(link.dataset.making).then((found) => found.json()).catch(() => ({ total: 0 }));
      const percent = steps.total ? Math.floor((100 * steps.done) / steps.total) : 0;
      if (link.dataset.busy) notice.innerHTML = notice.dataset.words.replace("{percent}", percent);
    }
    notice.textContent = "";
  }
  async function take(link) {
    const notice = document.querySelector("[data-words]");
    link.dataset.busy = "yes";
    notice.innerHTML = notice.dataset.words.replace("{percent}", 0);
    follow(link, notice);
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.status);
      const file = document.createElement("a");
      file.href = URL.createObjectURL(await answer.blob());
      file.download = nameOf(answer);
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    } catch {
      window.leaveFor(link.href); // the page of the error says what is wrong
    } finally {
      delete link.dataset.busy;
    }
  }
  document.addEventListener("click", (click) => {
    const link = click.target.closest("a[data-making]");
    if (!link || click.button || click.ctrlKey || click.metaKey || click.shiftKey) return;
    click.preventDefault();
    if (!link.dataset.busy) take(link);
  });
})();
