/* Practice questions: checks answers in the page, gives feedback, keeps the score.
   Scoring equals safehaven/bank/scoring.py and reading numbers safehaven/render/answers.py;
   a test holds them together. No library, no network; the page works without this script. */
(() => {
  "use strict";

  const STORE = "safehaven.quiz";
  const QUOTES = /['’`ʿʾ‘]/g;

  /* ---- what an answer is worth ---- */

  function choice(picked, right) {
    const hits = picked.filter((p) => right.includes(p)).length;
    return Math.max(0, (hits - (picked.length - hits)) / right.length);
  }

  function order(given, right) {
    if ([...given].sort().join() !== [...right].sort().join()) return 0;
    let agreeing = 0;
    let pairs = 0;
    right.forEach((a, i) =>
      right.slice(i + 1).forEach((b) => {
        pairs += 1;
        agreeing += given.indexOf(a) < given.indexOf(b) ? 1 : 0;
      })
    );
    return Math.max(0, (2 * agreeing - pairs) / pairs);
  }

  function matching(given, right) {
    const lefts = Object.keys(right);
    return lefts.filter((left) => given[left] === right[left]).length / lefts.length;
  }

  const near = (given, key, tolerance) => Math.abs(given - key) <= tolerance + 1e-9;

  function glued(text) {
    const folded = text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKD");
    return folded.replace(QUOTES, "").replace(/[^\p{L}\p{N}]/gu, "");
  }

  const accepted = (given, accept) => accept.some((a) => glued(a) === glued(given));

  function score(quiz, answer) {
    switch (quiz.kind) {
      case "ordering": return order(answer, quiz.right);
      case "matching": return matching(answer, quiz.right);
      case "numeric": return near(answer, quiz.right, quiz.tolerance) ? 1 : 0;
      case "text": return accepted(answer, quiz.right) ? 1 : 0;
      default: return choice(answer, quiz.right);
    }
  }

  /* ---- reading a number: 27 · 1,200 · 1 200 · 12,5 · 27 entries ---- */

  function words(text) {
    const plain = text.toLowerCase().replace(/per ?cent(age)?/g, "%").replace(/\$/g, " dollars ");
    return (plain.match(/%|(?:(?![0-9])[\p{L}\p{N}])+/gu) || []).map((w) => w.slice(0, 4));
  }

  function readNumber(given, unit) {
    const text = given.replace(/\u2212/g, "-").trim().split(/\s+/).join(" ");
    const found = /^([^0-9+.,-]*)([+-]?)([.,]?[0-9](?:[0-9., '’]*[0-9])?)([^0-9]*)$/.exec(text);
    if (!found || /[<>~≈≤≥±]/.test(text)) return null;
    const known = words(unit);
    if (!words(`${found[1]} ${found[4]}`).every((w) => known.includes(w))) return null;
    let digits = found[3].replace(/’/g, "'");
    if (/^[1-9][0-9]{0,2}(([, '])[0-9]{3})(\2[0-9]{3})*(\.[0-9]+)?$/.test(digits)) {
      digits = digits.replace(/[, ']/g, "");
    } else if (/^[1-9][0-9]{0,2}((\.[0-9]{3}){2,}|([. ][0-9]{3})+,[0-9]+)$/.test(digits)) {
      digits = digits.replace(/[. ]/g, "").replace(",", ".");
    } else if (/^[0-9]*,[0-9]+$/.test(digits)) {
      digits = digits.replace(",", ".");
    } else if (!/^[0-9]*\.?[0-9]+$/.test(digits)) return null;
    const number = Number(found[2] + digits);
    return Math.abs(number) < 1e300 ? number : null;
  }

  /* ---- the form: an answer, or what is still missing in words ---- */

  function read(form, quiz) {
    const selects = [...form.querySelectorAll("select")];
    const filled = selects.filter((s) => s.value);
    const line = form.elements.line?.value.trim();
    switch (quiz.kind) {
      case "ordering": {
        if (filled.length < selects.length) return { missing: "Give every line a place first." };
        if (new Set(filled.map((s) => s.value)).size < selects.length) {
          return { missing: "Each place can be given only once." };
        }
        return { answer: filled.sort((a, b) => a.value - b.value).map((s) => s.name) };
      }
      case "matching": {
        if (filled.length < selects.length) return { missing: "Give every line a letter first." };
        return { answer: Object.fromEntries(filled.map((s) => [s.name, s.value])) };
      }
      case "numeric": {
        if (!line) return { missing: "Write a number first." };
        const number = readNumber(line, quiz.unit);
        return number === null
          ? { missing: "This could not be read as one number. Write figures, such as 27 or 12.5." }
          : { answer: number };
      }
      case "text":
        return glued(line) ? { answer: line } : { missing: "Write your answer first." };
      default: {
        const picked = [...form.querySelectorAll("input:checked")].map((i) => i.value);
        return picked.length ? { answer: picked } : { missing: "Choose an answer first." };
      }
    }
  }

  /* Marks of the lines of feedback that fit an answer; see feedback_lines in page.py. */
  function remarks(quiz, answer) {
    switch (quiz.kind) {
      case "ordering": return ["order"];
      case "matching":
        return Object.keys(quiz.right)
          .filter((left) => answer[left] !== quiz.right[left])
          .flatMap((left) => [left, answer[left]]);
      case "numeric":
        return quiz.traps.flatMap((t, i) => (near(answer, t, quiz.tolerance) ? [`t${i}`] : []));
      case "text":
        return quiz.traps.flatMap((t, i) => (accepted(answer, t) ? [`t${i}`] : []));
      default:
        return [
          ...answer.filter((p) => !quiz.right.includes(p)),
          ...quiz.right.filter((r) => !answer.includes(r)),
        ];
    }
  }

  /* ---- what the reader has done before; memory alone where storage is refused ---- */

  let memory = {};

  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE));
      return kept && typeof kept === "object" ? kept : memory;
    } catch {
      return memory;
    }
  }

  function save(kept) {
    memory = kept;
    try {
      localStorage.setItem(STORE, JSON.stringify(kept));
    } catch {
      /* private window or file: the score lasts as long as the page */
    }
  }

  const points = (value) => String(Math.round(value * 100) / 100);
  const named = (value) => `${points(value)} ${value === 1 ? "point" : "points"}`;

  /* ---- behaviour ---- */

  function show(form, state, heading, lines) {
    const box = form.querySelector(".quiz-feedback");
    box.dataset.state = state;
    box.replaceChildren();
    const head = document.createElement("p");
    head.append(heading);
    box.append(head);
    for (const html of lines) {
      const line = document.createElement("p");
      line.innerHTML = html; // built and escaped by page.py
      box.append(line);
    }
  }

  function check(form, quiz) {
    const { answer, missing } = read(form, quiz);
    form.elements.line?.setAttribute("aria-invalid", missing ? "true" : "false");
    if (missing) {
      show(form, "missing", missing, []);
      return false;
    }
    const worth = score(quiz, answer);
    if (worth === 1) {
      show(form, "right", "Right: 1 of 1 point.", [form.querySelector(".quiz-why").innerHTML]);
    } else {
      const lines = [...new Set(remarks(quiz, answer))]
        .map((mark) => form.querySelector(`[data-for="${mark}"]`)?.innerHTML)
        .filter(Boolean);
      const missed = quiz.kind === "multiple" && quiz.right.some((r) => !answer.includes(r));
      if (missed) lines.push("Your choice is not complete.");
      const verdict = worth > 0 ? "Partly right" : "Not right";
      const next = "Change your answer and check again, or open the explanation below.";
      show(form, worth > 0 ? "partly" : "wrong", `${verdict}: ${points(worth)} of 1 point.`, [
        ...lines,
        next,
      ]);
    }
    save({ ...load(), [quiz.id]: { score: worth, at: new Date().toISOString() } });
    return true;
  }

  function start(set) {
    const forms = [...set.querySelectorAll("form.quiz")];
    const quizzes = forms.map((form) => JSON.parse(form.dataset.quiz));

    function total() {
      const kept = load();
      const done = quizzes.map((q) => kept[q.id]).filter((k) => typeof k?.score === "number");
      const sum = done.reduce((all, k) => all + k.score, 0);
      set.querySelector(".quiz-total").textContent =
        `You have answered ${done.length} of ${quizzes.length}; ${named(sum)}.`;
    }

    const kept = load();
    forms.forEach((form, i) => {
      const quiz = quizzes[i];
      const button = form.querySelector(".quiz-check");
      button.hidden = button.disabled = false;
      if (typeof kept[quiz.id]?.score === "number") {
        form.querySelector(".quiz-earlier").textContent =
          ` · answered before: ${points(kept[quiz.id].score)} of 1 point`;
      }
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (check(form, quiz)) total();
      });
    });
    set.querySelector(".quiz-reset").addEventListener("click", () => {
      const left = { ...load() };
      forms.forEach((form, i) => {
        delete left[quizzes[i].id];
        form.reset();
        form.querySelector("details").open = false;
        form.querySelector(".quiz-feedback").replaceChildren();
        delete form.querySelector(".quiz-feedback").dataset.state;
        form.querySelector(".quiz-earlier").textContent = "";
        form.elements.line?.removeAttribute("aria-invalid");
      });
      save(left);
      total();
    });
    set.querySelector(".quiz-score").hidden = false;
    total();
  }

  window.safehavenQuiz = { score, readNumber, glued };
  document.querySelectorAll(".quiz-set").forEach(start);
})();
