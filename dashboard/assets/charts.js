/* Draws the charts of a page that the server has laid out; the first at once, each other one when the browser has shown the one before.
   The server does not know how wide the place of a chart is: it lays the chart out for several screens, in the
   `meta` of its figure. The layout that fits is chosen here, again when the place changes its width, and for paper. */
(() => {
  "use strict";
  const PAPER_WIDTH = 900; // of a printed page, in CSS pixels

  function screenFor(layout, width) {
    const screens = layout.meta?.screens ?? [];
    return screens.find((screen) => screen.least <= width) ?? screens.at(-1);
  }

  /* The values of one screen are two levels deep: {margin: {l: 8}, shapes: []}. */
  function onScreen(layout, screen) {
    const merged = { ...layout };
    for (const [name, value] of Object.entries(screen?.layout ?? {})) {
      const isGroup = value !== null && typeof value === "object" && !Array.isArray(value);
      merged[name] = isGroup ? { ...layout[name], ...value } : value;
    }
    return merged;
  }

  /* Whether the chart has to be drawn anew: only where another layout fits. */
  function fit(frame, width = frame.clientWidth, size = {}) {
    const screen = width && screenFor(frame.layout, width);
    if (!screen || (screen.least === frame.drawnFor && !Object.keys(size).length)) return;
    frame.drawnFor = screen.least;
    window.Plotly.react(frame, frame.data, { ...onScreen(frame.layout, screen), ...size });
  }

  let isPrinting = false; // a chart keeps the size of the page then, which `printing.js` scales
  const widths = new ResizeObserver((entries) => {
    if (!isPrinting) entries.forEach((entry) => fit(entry.target));
  });

  async function draw(data) {
    const { figure, config } = JSON.parse(data.textContent);
    const frame = data.parentElement;
    data.remove();
    const { width, height, ...layout } = figure.layout; // as large as the frame
    const screen = screenFor(layout, frame.clientWidth);
    frame.drawnFor = screen?.least;
    await window.Plotly.newPlot(frame, figure.data, { ...onScreen(layout, screen), autosize: true }, config);
    frame.ariaHidden = "true"; // the picture around it has a name, and the page a table of the figures
    document.getElementById("js-plotly-tester").ariaHidden = "true"; // in which plotly measures words
    frame.on("plotly_click", openOrigin);
    await ring(frame, figure.data);
    widths.observe(frame);
  }

  /* The point whose origin the panel shows. */
  async function ring(frame, traces) {
    const asked = new URLSearchParams(location.search).get("figure");
    const trace = asked && traces.find(({ customdata }) => Array.isArray(customdata) && customdata.includes(asked));
    if (!trace) return;
    const at = trace.customdata.indexOf(asked);
    const color = getComputedStyle(document.documentElement).getPropertyValue("--focus").trim();
    const marker = { symbol: "circle-open", size: 24, color, line: { width: 3 } };
    await window.Plotly.addTraces(frame, { x: [trace.x[at]], y: [trace.y[at]], mode: "markers", marker, hoverinfo: "skip", showlegend: false });
  }

  /* A point leads to the origin of its figure, in a panel of the same page. */
  function openOrigin({ points }) {
    const figure = points[0]?.customdata;
    if (!figure) return;
    const address = new URL(location.href);
    address.searchParams.set("figure", figure);
    window.leaveFor(address);
  }

  async function drawAll() {
    for (const data of document.querySelectorAll("script.chart-data")) {
      await draw(data);
      await new Promise((next) => { setTimeout(next); });
    }
  }

  const drawn = () => document.querySelectorAll(".js-plotly-plot");
  window.addEventListener("beforeprint", () => {
    isPrinting = true;
    drawn().forEach((frame) => fit(frame, PAPER_WIDTH, { width: PAPER_WIDTH, autosize: false }));
  });
  window.addEventListener("afterprint", () => {
    isPrinting = false;
    drawn().forEach((frame) => fit(frame, frame.clientWidth, { width: undefined, autosize: true }));
  });

  if (document.querySelector("script.chart-data")) drawAll();
})();
