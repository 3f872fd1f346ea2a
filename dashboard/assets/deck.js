/* Decks: "Add to deck" on every view, and the page of a deck. The server makes each change; the deck is a file
   there, or stays in this browser (`kept` says which). What another tab changed in between is never overwritten. Words are HTML, which has their
   language where it is not that of the page. */
(() => {
  "use strict";
  const TEXT = "empact-deck", NAME = "empact-deck-name", UNDO = "empact-deck-undo", MOST_UNDONE = 30;
  const page = () => document.getElementById("deck-page");
  const deck = () => document.getElementById("deck");
  const failed = () => document.querySelector("#deck-page, .deck-button").dataset.failed;
  const language = () => `?lang=${document.body.dataset.language}`; // of the reader; the page may be in English
  let state = null; // what this tab shows: name, text, version, kept
  let queue = Promise.resolve(); // changes follow each other

  /* What is kept in this browser; a browser may forbid it. */
  function kept(key, store = localStorage) { try { return store.getItem(key) || ""; } catch { return ""; } }
  function keep(key, value, store = localStorage) { try { store.setItem(key, value); return true; } catch { return false; } }

  function post(route, body, headers = {}) {
    return fetch(`/deck/${route}${language()}`, {
      method: "POST", body,
      headers: { "X-Requested-With": "EMPACT", "Content-Type": "application/json", ...headers },
    });
  }

  async function ask(route, body, headers = {}) {
    const answer = await post(route, body, headers);
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
      return answer.json();
    }
    return { error: failed() };
  }
  const asJson = (sent) => JSON.stringify(sent);
  const askForChange = (sent) => ask("change", asJson(sent)).catch(() => ({ error: failed() }));

  /* The name of the deck that a reader works on, and the text of one that is only here. */
  function known() { return { name: state?.name ?? new URLSearchParams(location.search).get("deck") ?? kept(NAME), text: kept(TEXT) }; }

  /* Keep the answer; false if another tab has changed the deck of this browser since it was sent. */
  function store(answer, sent) {
    if (answer.kept === "browser") {
      if (kept(TEXT) !== sent) return false;
      if (!keep(TEXT, answer.text)) throw new Error("this browser keeps nothing");
    } else {
      keep(NAME, answer.name);
    }
    return true;
  }

  /* ---- Add to deck, on any page ---- */
  /* The answer lies below its button, within the window, until something else is clicked or Escape is pressed. */
  function answerAdding(answer, words, link = "") {
    answer.style.left = "";
    answer.innerHTML = words;
    if (link) answer.append(" ", link);
    const beyond = answer.getBoundingClientRect().right + 16 - document.documentElement.clientWidth;
    if (beyond > 0) answer.style.left = `${-beyond}px`;
  }
  function closeAnswers(kept = null) {
    document.querySelectorAll(".deck-answer").forEach((answer) => {
      const box = answer.closest(".add-to-deck");
      if (!box.contains(kept) && !isAdding(box.querySelector(".deck-button"))) answer.innerHTML = "";
    });
  }

  /* Until the answer comes, words say so, and a second press does nothing. The button keeps the focus. */
  const isAdding = (button) => button.getAttribute("aria-disabled") === "true";
  async function addOnce(button) {
    if (isAdding(button)) return;
    const answer = button.closest(".add-to-deck").querySelector("[role=status]");
    button.setAttribute("aria-disabled", "true");
    answerAdding(answer, button.dataset.adding);
    await enqueue(() => addView(button).catch(() => answerAdding(answer, failed())));
    button.removeAttribute("aria-disabled");
  }

  async function addView(button) {
    const box = button.closest(".add-to-deck"), answer = box.querySelector("[role=status]");
    const change = { do: "add", link: button.dataset.deckLink, kind: button.dataset.deckKind };
    for (let tries = 0; tries < 3; tries += 1) {
      const sent = { name: kept(NAME), text: kept(TEXT), change };
      const found = await askForChange(sent);
      if (found.error) { answerAdding(answer, found.error); return; }
      if (!store(found, sent.text)) continue;
      const link = Object.assign(document.createElement("a"), { href: found.link, innerHTML: found.link_words });
      answerAdding(answer, found.message, link);
      return;
    }
    answerAdding(answer, failed());
  }

  /* ---- The page of a deck ---- */
  const undoAbove = () => document.getElementById("deck-undo");

  /* Undo is beside what is said about a change. */
  function say(words, isOfChange = false) {
    document.getElementById("deck-status").innerHTML = words || "";
    undoAbove().hidden = !(words && isOfChange && lastChange()?.before);
  }

  function complain(words) {
    const problem = document.getElementById("deck-problem");
    problem.hidden = !words;
    problem.innerHTML = words || "";
    if (words) { say(""); problem.scrollIntoView({ block: "nearest" }); }
  }

  /* What is wrong with a file that was asked for, at its button. */
  const answerAt = (name) => deck().querySelector(`[data-answer=${name}]`);
  function complainAt(name, words) {
    const problem = answerAt(name);
    problem.innerHTML = words;
    problem.hidden = false;
    say("");
    problem.scrollIntoView({ block: "nearest" });
  }

  /* Where a slide stands after a change; null if it is removed. */
  function positionAfter(asked, at) {
    if (asked?.do === "insert") return at >= asked.at ? at + 1 : at;
    if (asked?.do !== "move" && asked?.do !== "remove") return at;
    if (at === asked.at) return asked.do === "move" ? asked.to : null;
    return positionAfter({ do: "insert", at: asked.to ?? Infinity }, at > asked.at ? at - 1 : at);
  }
  function inverse(asked) {
    if (asked?.do === "move") return { do: "move", at: asked.to, to: asked.at };
    return asked?.do === "remove" ? { do: "insert", at: asked.at } : {};
  }
  function keyAfter(asked, key) {
    const [, part, at] = /^(.*-)(\d+)$/.exec(key) || [];
    if (!part) return key;
    const position = positionAfter(asked, Number(at));
    return position === null ? "" : part + position;
  }

  /* Show the deck anew; the focus, open parts and what is being typed stay with their slide, unless it is another deck. */
  function show(answer, then = "", asked = {}) {
    state = { name: answer.name, text: answer.text, version: answer.version, kept: answer.kept };
    const block = document.getElementById("deck-block");
    const focused = document.activeElement?.dataset?.key;
    const open = [...block.querySelectorAll("details[open][data-key]")].map((part) => part.dataset.key);
    const typed = [...block.querySelectorAll("input[data-key], textarea[data-key]")]
      .filter((field) => field.value !== field.defaultValue && field.dataset.sent !== field.value)
      .map((field) => [field.dataset.key, field.value]);
    block.innerHTML = answer.html;
    const isOther = asked.do === "begin";
    const part = (key) => block.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!isOther) {
      open.forEach((key) => part(keyAfter(asked, key))?.setAttribute("open", ""));
      typed.forEach(([key, value]) => { const field = part(keyAfter(asked, key)); if (field) field.value = value; });
    }
    showUndo();
    const wanted = [...then.split(" "), ...(focused ? [keyAfter(asked, focused)] : [])].filter(Boolean).map(part);
    const ready = wanted.find((found) => found && !found.disabled);
    (ready || (wanted.length ? block.querySelector("h3[tabindex], summary") : null))?.focus();
    if (answer.kept === "file" && new URLSearchParams(location.search).get("deck") !== answer.name) {
      const query = new URLSearchParams(location.search);
      query.set("deck", answer.name);
      history.replaceState(history.state, "", `?${query}`);
    }
    readSlides();
  }

  /* What slides say is read in a process of its own, which takes a moment. */
  async function readSlides() {
    if (!deck()?.querySelector("[data-unread]")) return;
    const version = state.version;
    const found = await ask("read", asJson({ name: state.name, text: state.text })).catch(() => null);
    if (!found || state.version !== version) return;
    if (found.error) { complain(found.error); return; }
    if (found.version === version) show(found);
  }

  /* Earlier states, for this deck in this tab: each with the version that it was followed by. */
  const undoKey = () => `${UNDO}-${state?.name || ""}`;
  function undone() { try { return JSON.parse(kept(undoKey(), sessionStorage) || "[]"); } catch { return []; } }
  function remember(before, after, asked) {
    const stack = [...undone(), { before, after, back: inverse(asked) }].slice(-MOST_UNDONE);
    while (!keep(undoKey(), JSON.stringify(stack), sessionStorage) && stack.length) stack.shift();
  }
  function lastChange() { return undone().at(-1)?.after === state?.version ? undone().at(-1) : null; }
  function showUndo() {
    const button = deck()?.querySelector("[data-undo]");
    if (button) button.disabled = !lastChange()?.before;
  }

  /* `back` undoes an earlier change: what it does to the order of the slides. */
  async function change(asked, then, back = null) {
    complain("");
    document.getElementById("deck-result").hidden = true;
    const before = state;
    const sent = { name: before.name, text: before.text, version: before.version, change: asked };
    const found = await askForChange(sent);
    if (found.conflict) { show(found); complain(found.conflict); return false; }
    if (found.error) { complain(found.error); return false; }
    if (!store(found, before.text)) { await showKept(); complain(page().dataset.stale); return false; }
    if (back) keep(undoKey(), JSON.stringify(undone().slice(0, -1)), sessionStorage);
    else remember(before.text, found.version, asked);
    show(found, then, back || asked);
    say(back ? page().dataset.undone : found.message, true);
    return true;
  }

  const enqueue = (work) => { queue = queue.then(work).catch(() => { if (page()) complain(failed()); }); return queue; };

  function undo(then) {
    const last = lastChange();
    if (last) return change({ do: "replace", text: last.before }, then, last.back || {});
    return null;
  }

  async function showKept() {
    const found = await askForChange(known());
    if (found.error) { complain(found.error); return; }
    if (found.kept === "file") keep(NAME, found.name); // where the next view is added
    show(found);
  }

  /* A file takes the place of the deck of this browser, which Undo brings back; files do not replace each other. */
  async function opened(found, before) {
    if (found.error) { complain(found.error); return; }
    complain("");
    if (!store(found, before?.text)) { await showKept(); complain(page().dataset.stale); return; }
    if (found.kept === "browser" && before?.text) remember(before.text, found.version, {});
    document.getElementById("deck-result").hidden = true;
    show(found, "", { do: "begin" });
    say(found.message, true);
  }

  function openFile() {
    const input = Object.assign(document.createElement("input"), { type: "file", accept: ".yaml,.yml", hidden: true });
    input.onchange = () => {
      const [file] = input.files;
      input.remove();
      if (!file) return;
      if (file.size > 200000) { complain(page().dataset.tooLarge); return; }
      say(page().dataset.working);
      enqueue(async () => opened(await ask("open", file, {
        "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name),
      }), state));
    };
    document.body.append(input);
    input.click();
  }

  function give(blob, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
  function fileOf(found) {
    const bytes = Uint8Array.from(atob(found.file), (sign) => sign.charCodeAt(0));
    return new Blob([bytes], { type: found.media_type });
  }

  /* Lines say how far it is; the last one has the file, or what is wrong. */
  async function build(format, again) {
    const bar = document.getElementById("deck-progress"), result = document.getElementById("deck-result");
    const place = again ? "again" : "build";
    complain("");
    deck().querySelectorAll("[data-answer]").forEach((answer) => { answer.hidden = true; });
    result.hidden = true;
    bar.removeAttribute("value");
    bar.hidden = false;
    say(page().dataset.working);
    deck().querySelectorAll("[data-build], [data-again]").forEach((button) => { button.disabled = true; });
    let last = { error: failed() };
    try {
      last = await follow(asJson({ name: state.name, text: state.text, format, again }), bar) || last;
    } catch { /* no answer came, which is said */ } finally {
      bar.hidden = true;
      deck().querySelectorAll("[data-build], [data-again]").forEach((button) => { button.disabled = false; });
    }
    if (last.error) { complainAt(place, last.error); return; }
    if (again) { await issued(last, result); return; }
    give(fileOf(last), last.file_name);
    say(last.message);
  }

  async function follow(body, bar) {
    const answer = await post("build", body);
    if (!answer.headers.get("Content-Type")?.startsWith("application/x-ndjson")) return answer.json();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "", last = null;
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return last;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      lines.filter(Boolean).forEach((line) => { last = JSON.parse(line); if (last.of) bar.value = last.done / last.of; });
    }
  }

  /* With the current release: pin it, list what changed, and offer the file. */
  async function issued(found, result) {
    if (!await change({ do: "pin", release: found.pinned }, "")) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", innerHTML: page().dataset.download });
    button.onclick = () => give(fileOf(found), found.file_name);
    result.innerHTML = found.html;
    result.append(button);
    result.hidden = false;
    result.querySelector("h2").focus();
    say(found.message);
  }

  function changeOf({ dataset }, value) {
    const number = (name) => (dataset[name] === undefined ? {} : { [name]: Number(dataset[name]) });
    return { do: dataset.do, ...number("at"), ...number("to"), ...(dataset.field ? { [dataset.field]: value } : {}) };
  }

  async function submitForm(form) {
    const values = Object.fromEntries(new FormData(form));
    if (form.dataset.form === "start") {
      const found = await askForChange({ ...known(), ...values });
      form.reset();
      await opened(found, state);
    } else if (await change({ do: form.dataset.form, ...values }, "")) {
      deck().querySelector("form[data-form=add_text]").reset();
    }
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeAnswers(); });
  document.addEventListener("click", (event) => {
    closeAnswers(event.target);
    const entry = event.target.closest?.("[data-answer] a");
    if (entry) document.querySelector(entry.getAttribute("href"))?.focus();
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.dataset.deckLink) {
      addOnce(button);
      return;
    }
    if (!button.closest("#deck-page") || !state) return;
    if (button.dataset.do) enqueue(() => change(changeOf(button), button.dataset.then));
    else if ("undo" in button.dataset) enqueue(() => undo(button.dataset.key || "undo"));
    else if ("build" in button.dataset) enqueue(() => build(button.dataset.build, false));
    else if ("again" in button.dataset) enqueue(() => build("pptx", true));
    else if ("openFile" in button.dataset) openFile();
    else if ("save" in button.dataset) give(new Blob([state.text], { type: "application/yaml" }), `${state.name || "deck"}.yaml`);
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.dataset?.do || !field.closest("#deck-page") || !field.reportValidity()) return;
    field.dataset.sent = field.value;
    enqueue(() => change(changeOf(field, field.value), ""));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset?.form || !event.target.closest("#deck-page")) return;
    event.preventDefault();
    enqueue(() => submitForm(event.target));
  });
  /* Another tab may have changed the file while this one was not looked at. */
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && page() && state?.kept === "file") enqueue(showKept);
  });
  window.addEventListener("storage", (event) => {
    if (event.key === TEXT && page() && state?.kept === "browser" && kept(TEXT) !== state.text) enqueue(showKept);
  });

  if (page()) enqueue(showKept);
})();
