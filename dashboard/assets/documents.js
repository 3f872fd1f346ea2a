/* The tables of a document, which Markdown draws without headings in the cells: on a narrow screen each row is a
   block, as in the other tables of many columns. */
(() => {
  "use strict";
  function nameCells(table) {
    table.classList.add("stacked");
    const headings = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent);
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, column) => { if (column) cell.dataset.heading = headings[column] ?? ""; });
    }
  }
  const drawn = new MutationObserver(() => document.querySelectorAll(".document table:not(.stacked)").forEach(nameCells));
  drawn.observe(document, { childList: true, subtree: true });
})();
