/* What can be told of a page's accessibility by machine: one sentence for each fault. */
() => {
  const faults = [];
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".visually-hidden, .skip, [hidden]");
  const shown = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""} ${(e.textContent || "").trim().slice(0, 40)}`;
  const every = (query) => [...document.querySelectorAll(query)];

  const named = (e) =>
    (e.textContent || "").trim() || e.ariaLabel || e.title || e.getAttribute("alt") ||
    [...(e.labels || [])].some((label) => label.textContent.trim()) ||
    (e.getAttribute("aria-labelledby") || "").split(" ").some((id) => document.getElementById(id)?.textContent.trim());
  const CONTROLS = "a, button, input, select, summary, [role=button], [role=group], [role=region], [role=img], nav";
  every(CONTROLS).filter(seen).filter((e) => !named(e)).forEach((e) => faults.push(`no name: ${shown(e)}`));
  every("img:not([alt])").forEach((e) => faults.push(`no alternative text: ${shown(e)}`));

  const ids = every("[id]").map((e) => e.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => faults.push(`id twice: ${id}`));

  let level = 0;
  for (const heading of every("h1, h2, h3, h4, h5, h6").filter(seen)) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) faults.push(`heading jumps from ${level} to ${own}: ${shown(heading)}`);
    level = own;
  }
  for (const [query, wanted] of [["h1", 1], ["main", 1], ["header", 1], ["footer", 1]])
    if (every(query).filter(seen).length !== wanted) faults.push(`not ${wanted} of ${query}`);

  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((n) => n / 255)
    .map((n) => (n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4))
    .reduce((sum, n, at) => sum + n * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const rgb = numbers(getComputedStyle(at).backgroundColor);
      if (rgb.length === 3 || rgb[3] > 0.5) return rgb;
    }
    return [255, 255, 255];
  };
  const worded = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  for (const e of every("main *, header *, footer *").filter((e) => worded(e) && seen(e) && !e.closest("svg, [disabled]"))) {
    const style = getComputedStyle(e);
    const pair = [light(numbers(style.color)), light(ground(e))].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${shown(e)}`);
    if (size < 12) faults.push(`type of ${size} px: ${shown(e)}`);
  }

  /* WCAG 2.5.8: 24 by 24, but for links within a text, and in a table whose links have equals on other pages. */
  for (const e of every("a, button, input, summary").filter(seen).filter((e) => !e.closest("[data-arrow-keys]"))) {
    const { width, height } = e.getBoundingClientRect();
    if (getComputedStyle(e).display !== "inline" && (width < 24 || height < 24))
      faults.push(`target of ${Math.round(width)} by ${Math.round(height)}: ${shown(e)}`);
  }
  return [...new Set(faults)];
}
