/* Draws the charts of a page that the server has laid out; the first at once, each other one when the browser has shown the one before. */
(() => {
  "use strict";
  function draw(data) {
    const { figure, config } = JSON.parse(data.textContent);
    const frame = data.parentElement;
    data.remove();
    const { width, height, ...layout } = figure.layout; // as large as the frame
    return window.Plotly.newPlot(frame, figure.data, { ...layout, autosize: true }, config);
  }

  async function drawAll() {
    for (const data of document.querySelectorAll("script.chart-data")) {
      await draw(data);
      await new Promise((next) => { setTimeout(next); });
    }
  }

  if (document.querySelector("script.chart-data")) drawAll();
})();
