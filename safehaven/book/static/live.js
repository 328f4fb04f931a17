/* Live cells: code of a lesson that a reader changes and runs in the page. Python is fetched at
   the first Run and works in a worker; the reader's own text is kept in this browser alone. */
"use strict";

(() => {
  const KEY = "safehaven.live.";
  let worker = null; // one for all cells of the page
  let busy = null; // the cell that runs

  /* ---- what is kept; a browser may refuse to keep anything ---- */

  function own(name) {
    try {
      return JSON.parse(localStorage.getItem(KEY + name));
    } catch {
      return null;
    }
  }

  function keep(cell, text) {
    try {
      if (text === cell.code) localStorage.removeItem(KEY + cell.name);
      else localStorage.setItem(KEY + cell.name, JSON.stringify({ text, from: cell.code }));
    } catch {
      // then it lasts as long as the page
    }
  }

  /* ---- the worker ---- */

  function end() {
    worker?.terminate();
    worker = null;
  }

  function started(kernel) {
    if (!worker) {
      worker = new Worker(new URL("live-worker.mjs", kernel), { type: "module" });
      worker.addEventListener("message", ({ data }) => busy?.hear(data));
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        end();
        busy?.hear({ type: "broken", words: event.message || "it could not be fetched" });
      });
    }
    return worker;
  }

  /* ---- a cell ---- */

  function element(name, attributes, ...content) {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...content);
    return made;
  }

  function start(place) {
    const cell = JSON.parse(place.querySelector("script").textContent);
    const form = place.querySelector("form");
    const [code, run, stop, reset, state, answer] = [
      "textarea", ".live-run", ".live-stop", ".live-reset", ".live-state", ".live-answer",
    ].map((selector) => form.querySelector(selector));
    const kernel = new URL(place.dataset.kernel, document.baseURI);

    const fit = () => { code.rows = Math.max(code.value.split("\n").length, 3); };
    const changed = () => { reset.disabled = code.value === cell.code; };

    function say(words) {
      state.textContent = words;
    }

    function rest(words) {
      busy = null;
      run.hidden = false;
      stop.hidden = true;
      form.removeAttribute("aria-busy");
      say(words);
    }

    function show(kind, words, more) {
      const verdict = element("div", { className: "live-verdict" }, element("p", {}, words));
      verdict.dataset.kind = kind;
      if (more) {
        const notice = element("p");
        notice.innerHTML = more; // written and escaped by the build
        verdict.append(notice);
      }
      answer.append(verdict);
    }

    function tell({ output, error, missing }) {
      answer.replaceChildren();
      if (output) answer.append(element("pre", { className: "live-printed" }, output));
      else if (!error) answer.append(element("p", {}, "The code ran and printed nothing."));
      if (error) show("error", error);
      else if (missing) show("missing", missing);
      else show("right", "Right.", cell.notice);
    }

    function hear(message) {
      if (message.type === "running") return say("Running …");
      if (message.type === "answer") {
        const focused = document.activeElement === stop;
        rest("");
        if (focused) run.focus();
        return tell(message);
      }
      end();
      rest("");
      return show(
        "error",
        "Python could not be started. It is fetched once and needs a connection for that; " +
          `try again when there is one. (${message.words})`,
      );
    }

    function go() {
      if (busy) {
        say(busy.name === cell.name ? "It is running." : "Another cell is running; stop it first.");
        return;
      }
      busy = { name: cell.name, hear };
      const first = worker === null;
      answer.replaceChildren();
      const focused = document.activeElement === run;
      run.hidden = true;
      stop.hidden = false;
      if (focused) stop.focus();
      form.setAttribute("aria-busy", "true");
      say(first ? `Starting Python; the first time, ${place.dataset.transfer} are fetched …` : "Running …");
      started(kernel).postMessage({ code: code.value, check: cell.check, data: cell.data });
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go();
    });
    code.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        go();
      }
    });
    code.addEventListener("input", () => {
      keep(cell, code.value);
      fit();
      changed();
    });
    stop.addEventListener("click", () => {
      end();
      rest("Stopped. Change the code and run it again.");
      run.focus();
    });
    reset.addEventListener("click", () => {
      code.value = cell.code;
      keep(cell, cell.code);
      answer.replaceChildren();
      say("The code is as it was.");
      fit();
      changed();
      code.focus();
    });

    const kept = own(cell.name);
    code.value = kept?.text ?? cell.code;
    if (kept && kept.from !== cell.code) {
      say("This is your own text. The cell has changed since you wrote it; Reset shows it anew.");
    } else if (kept) {
      say("This is your own text from before; Reset brings back the first one.");
    }
    fit();
    changed();
    place.querySelector(".live-code").hidden = true;
    form.hidden = false;
  }

  function explain(place) {
    const off = place.querySelector(".live-off");
    off.textContent =
      location.protocol === "file:"
        ? "This code runs on the website of the course, or with `make serve` on your machine: " +
          "a browser starts no Python for a page that was opened as a file."
        : "This browser cannot run Python in a page. The code and what it prints stand here.";
    off.hidden = false;
  }

  const able = location.protocol !== "file:" && "Worker" in window && "WebAssembly" in window;
  document.querySelectorAll(".live-cell").forEach(able ? start : explain);
})();
