/* Sends chosen or dropped files as they are, without reading them into the page, then shows what was found. Words are HTML, with their language. */
(function () {
  "use strict";
  const zone = () => document.getElementById("drop");
  const UNDRAWN_MS = 3000; // after which an address that has not changed is opened
  let corrects = false; // whether a corrected file takes the place of one that could be contested

  function say(text, fraction) {
    const status = document.getElementById("upload-status");
    const bar = document.getElementById("upload-bar");
    if (!status) return;
    status.innerHTML = text;
    bar.hidden = fraction === null;
    if (fraction !== null && fraction < 1) bar.setAttribute("value", fraction);
    else bar.removeAttribute("value");
  }

  /* The answer names the uploads so far; the next file is sent with it, as a part of the same report. */
  function answered(request, words, rest) {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch (_) { /* not ours: said below */ }
    if (request.status === 200 && answer.search && rest.length) {
      send(rest, answer.search);
    } else if (request.status === 200 && answer.search) {
      if (answer.search === window.location.search) loadAnew();
      else showAnswer(answer.search);
    } else {
      say(answer.error || words.failed, null);
      if (answer.field && reason()) refuse_reason(answer.error);
    }
  }

  /* Dash draws what was found; where it does not, as on a page that is still being drawn, the address is opened. */
  function showAnswer(search) {
    const before = window.location.search;
    window.dash_clientside.set_props("address", { search });
    setTimeout(() => { if (window.location.search === before) window.location.assign(search); }, UNDRAWN_MS);
  }

  /* The same file again, with a reason: `focus.js` shows the reader the new answer. */
  function loadAnew() {
    sessionStorage.setItem("answered", "true");
    window.location.reload();
  }

  /* Why the findings about persons in a refused file are none, where the page asks for it. */
  const reason = () => (corrects ? null : document.getElementById("contest-reason"));

  /* What is wrong with the reason stands at its field, which has the focus; nothing that was typed is lost. */
  function refuse_reason(words) {
    const problem = document.getElementById("contest-problem");
    problem.innerHTML = words;
    reason().setAttribute("aria-invalid", String(words !== ""));
    reason().setAttribute("aria-describedby", problem.id);
    if (words) { say("", null); reason().focus(); }
  }

  function is_explained() {
    if (!reason()) return true;
    const { letters, needed } = document.getElementById("contest-problem").dataset;
    const typed = reason().value.match(/\p{L}/gu) || [];
    refuse_reason(typed.length < Number(letters) ? needed : "");
    return typed.length >= Number(letters);
  }

  /* A file that is sent again is no further part of the report that was refused. */
  function without_refused(search) {
    const query = new URLSearchParams(search);
    query.delete("checked");
    return "?" + query.toString();
  }

  function send([file, ...rest], search) {
    const words = zone().dataset;
    const request = new XMLHttpRequest();
    request.open("POST", "/upload" + search);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("X-Requested-With", "EMPACT");
    if (reason()) {  // even an empty one, to which the answer is that a reason is needed
      request.setRequestHeader("X-Not-Personal", encodeURIComponent(reason().value.trim()));
    }
    request.upload.onprogress = (event) => say(words.sending, event.loaded / event.total);
    request.onload = () => answered(request, words, rest);
    request.onerror = request.onabort = () => say(words.failed, null);
    say(words.sending, 0);
    request.send(file);
  }

  function take(files) {
    if (!is_explained()) return;
    const words = zone().dataset;
    if (files.length > Number(words.most)) { say(words.several, null); return; }
    if ([...files].some((file) => file.size > Number(words.limit))) { say(words.large, null); return; }
    const search = window.location.search;
    const is_anew = reason() || words.anew || corrects;
    if (files.length) send([...files], is_anew ? without_refused(search) : search);
  }

  function choose() {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.accept = zone().dataset.accept;
    input.hidden = true;
    input.onchange = () => { input.remove(); take(input.files); };
    document.body.append(input); // apart from the page, a browser may forget it before a file is chosen
    input.click();
  }

  document.addEventListener("click", (event) => {
    const chooser = event.target.closest("#choose, #choose-corrected");
    if (!chooser) return;
    corrects = chooser.id === "choose-corrected";
    if (is_explained()) choose();
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!zone()) return;
      const inside = zone().contains(event.target);
      event.preventDefault();
      zone().classList.toggle("over", inside && kind.startsWith("drag") && kind !== "dragleave");
      if (kind === "drop" && inside) { corrects = false; take(event.dataTransfer.files); }
    });
  }
})();
