/* Writes the HTML of a template into the page, and lets arrow keys move between the links of a table. */
(() => {
  "use strict";
  const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  const ENDS = { Home: 0, End: -1 };
  const LINKS = "a, button";

  const visibleLinks = (part) => [...part.querySelectorAll(LINKS)].filter((link) => link.checkVisibility());

  /* One link of the table is a stop of the Tab key: the first that is shown, or the one that had the focus last. */
  function makeOneStop(table) {
    const first = visibleLinks(table)[0] ?? table.querySelector(LINKS);
    table.querySelectorAll(LINKS).forEach((link) => { link.tabIndex = link === first ? 0 : -1; });
  }

  /* On a narrower or wider screen the heading that was the stop may be hidden. */
  function keepStops() {
    document.querySelectorAll("table[data-arrow-keys]").forEach((table) => {
      if (!table.querySelector("[tabindex='0']")?.checkVisibility()) makeOneStop(table);
    });
  }

  /* Beside it within its row, or the first of the next cell of its column that has one. */
  function linkBeside(focused, [down, right]) {
    const row = focused.closest("tr");
    if (right) {
      const links = visibleLinks(row);
      return links[links.indexOf(focused) + right];
    }
    const { rows } = focused.closest("table");
    const column = focused.closest("th, td").cellIndex;
    let next = null;
    for (let at = row.rowIndex + down; !next && rows[at]; at += down) next = rows[at].cells[column]?.querySelector(LINKS);
    return next;
  }

  function moveFocus(event) {
    const step = STEPS[event.key], end = ENDS[event.key];
    const table = event.target.closest?.("table[data-arrow-keys]");
    if (!(step || event.key in ENDS) || !table || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    (step ? linkBeside(event.target, step) : visibleLinks(event.target.closest("tr")).at(end))?.focus();
  }

  function followFocus(event) {
    const table = event.target.closest?.("table[data-arrow-keys]");
    if (!table || !event.target.matches(LINKS)) return;
    table.querySelectorAll("[tabindex='0']").forEach((link) => { link.tabIndex = -1; });
    event.target.tabIndex = 0;
  }

  document.querySelectorAll("table[data-arrow-keys]").forEach(makeOneStop);
  document.addEventListener("keydown", moveFocus);
  document.addEventListener("focusin", followFocus);
  window.addEventListener("resize", keepStops);
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
