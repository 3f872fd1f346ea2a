/* "Copy link" copies the address that shows the same for good, and says so. Where a browser does not let a page
   write to the clipboard, the address is shown and selected, to be copied by keyboard. */
(() => {
  "use strict";

  function showAddress(answer, address, words) {
    const box = document.createElement("input");
    box.readOnly = true;
    box.value = address;
    box.setAttribute("aria-label", words);
    answer.replaceChildren(words, " ", box);
    box.focus();
    box.select();
  }

  async function copy(link) {
    const answer = link.parentElement.querySelector("[role=status]");
    const address = link.href + location.hash;
    try {
      await navigator.clipboard.writeText(address);
      answer.textContent = link.dataset.copied;
    } catch {
      showAddress(answer, address, link.dataset.select);
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-copied]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(link);
  });
})();
