/* "Copy link" copies the address that shows the same for good, and says so. Where a browser does not let a page
   write to the clipboard, the address is shown and selected, to be copied by keyboard. The words are HTML, which has
   their language where it is not that of the page. */
(() => {
  "use strict";

  function showAddress(answer, address, words) {
    const label = document.createElement("label"), box = document.createElement("input");
    box.readOnly = true;
    box.value = address;
    label.innerHTML = words;
    label.append(" ", box);
    answer.replaceChildren(label);
    box.focus();
    box.select();
  }

  async function copy(link) {
    const answer = link.parentElement.querySelector("[role=status]");
    const address = link.href + location.hash;
    try {
      await navigator.clipboard.writeText(address);
      answer.innerHTML = link.dataset.copied;
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
