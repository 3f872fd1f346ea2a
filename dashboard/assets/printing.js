/* On paper, each sheet bears source and release, that its figures are invented where they are, the address, and its number; a chart is as wide as the page. */
(() => {
  "use strict";
  const sheets = document.createElement("style");

  const written = (text) => JSON.stringify(text.replace(/\s+/g, " ").trim()).replaceAll("<", "\\3c ");

  function addressOfPage() {
    const lasting = document.querySelector("a.copy-link");
    return decodeURI((lasting ?? location).href);
  }

  /* Margin boxes cannot read the page: their words are written into a style sheet. */
  function nameSheets() {
    const source = document.getElementById("main")?.dataset.source ?? document.title;
    const invented = document.querySelector(".invented-badge")?.textContent ?? "";
    sheets.textContent = `@page { @top-left { content: ${written(source)} } @top-right { content: ${written(invented)} } @bottom-left { content: ${written(addressOfPage())} } }`;
    document.head.append(sheets);
  }

  /* A drawing of the screen is scaled to the page by its view box, with all its labels. */
  function scaleCharts() {
    for (const drawing of document.querySelectorAll(".js-plotly-plot .main-svg")) {
      const size = [drawing.width.baseVal.value, drawing.height.baseVal.value];
      drawing.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
      drawing.closest(".svg-container").style.setProperty("--shape", size.join(" / "));
    }
  }

  /* On paper nothing can be unfolded: findings in a file, States without a figure, declared actions and calculations are printed. */
  let unfolded = [];
  function unfold() {
    unfolded = [...document.querySelectorAll(":is(.page-receipt main, .page-submit main, .strip, .facts, .actions, .arithmetic) details:not([open])")];
    unfolded.forEach((fold) => { fold.open = true; });
  }

  document.addEventListener("click", (event) => { if (event.target.closest("[data-prints]")) window.print(); });
  window.addEventListener("beforeprint", () => { nameSheets(); scaleCharts(); unfold(); });
  window.addEventListener("afterprint", () => {
    unfolded.forEach((fold) => { fold.open = false; });
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach((drawing) => drawing.removeAttribute("viewBox"));
  });
})();
