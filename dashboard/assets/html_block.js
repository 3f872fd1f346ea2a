/* Writes the HTML of a template into the page, and lets arrow keys move between the links of a table. */
(() => {
  "use strict";
  const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  const linksOf = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a, button")));

  /* One link of the table is a stop of the Tab key: the first, or the one that had the focus last. */
  function makeOneStop(table) {
    const links = linksOf(table).flat().filter(Boolean);
    links.forEach((link, position) => { link.tabIndex = position ? -1 : 0; });
  }

  function moveFocus(event) {
    const step = STEPS[event.key];
    const table = event.target.closest?.("table[data-arrow-keys]");
    if (!step || !table || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const rows = linksOf(table);
    let row = event.target.closest("tr").rowIndex;
    let column = event.target.closest("th, td").cellIndex;
    let next = null;
    while (!next && rows[row + step[0]] && column + step[1] >= 0 && column + step[1] < rows[row].length) {
      [row, column] = [row + step[0], column + step[1]];
      next = rows[row]?.[column];
    }
    if (!next) return;
    next.focus();
  }

  function followFocus(event) {
    const table = event.target.closest?.("table[data-arrow-keys]");
    if (!table || !event.target.matches("a, button")) return;
    table.querySelectorAll("[tabindex='0']").forEach((link) => { link.tabIndex = -1; });
    event.target.tabIndex = 0;
  }

  document.querySelectorAll("table[data-arrow-keys]").forEach(makeOneStop);
  document.addEventListener("keydown", moveFocus);
  document.addEventListener("focusin", followFocus);
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    html_block: {
      write(source) {
        const block = document.getElementById("html-block");
        block.innerHTML = source ?? "";
        block.querySelectorAll("table[data-arrow-keys]").forEach(makeOneStop);
        return "yes";
      },
    },
  });
})();
