/* Review: asks practice questions and terms again when they are due.
   A question is the form of its lesson and is checked by quiz.js; ts-fsrs says when it comes
   back. Everything stays in this browser: `safehaven.quiz` (answers, written by quiz.js) and
   `safehaven.review` (dates and ticks, written here). The file that a reader takes along also
   holds what live.js and progress.js keep: own code, and the lesson that was opened last. */
(() => {
  "use strict";

  const STORE = "safehaven.review";
  const ANSWERS = "safehaven.quiz";
  const CODE = "safehaven.live."; // and the name of a cell
  const OPENED = "safehaven.opened";
  const VERSION = 1;
  const NEW_A_DAY = 20;
  const DAY = 86400000;
  const LARGEST_FILE = 5000000;
  const LONGEST_CODE = 100000;

  const root = document.querySelector(".review");
  if (!root) return;
  const find = (name) => root.querySelector(`.review-${name}`);
  if (!window.FSRS || !window.safehavenQuiz) {
    find("off").textContent =
      "A script of this page could not be loaded. Reload the page; until it works, every " +
      "question stands in its lesson.";
    return;
  }
  const { Rating, createEmptyCard, fsrs } = window.FSRS;
  /* Whole days and no chance: what a reader is told on the button is what happens. */
  const planner = fsrs({ enable_short_term: false, enable_fuzz: false });

  /* ---- what can be asked: {id, kind, lessons, form or the words of a term} ---- */

  const entries = new Map();
  const byLesson = (n) => [...entries.values()].filter((entry) => entry.lessons.includes(n));

  function gather() {
    for (const form of find("questions").querySelectorAll("form.quiz")) {
      const { id } = JSON.parse(form.dataset.quiz);
      entries.set(id, { id, kind: "Question", lessons: [Number(id.slice(1, 3))], form });
    }
    for (const term of JSON.parse(find("terms").textContent)) {
      entries.set(term.id, { ...term, kind: "Term" });
    }
    find("questions").remove(); // the forms live on in `entries`, and the page stays small
  }

  /* ---- days ---- */

  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  /* Days of the calendar from today; rounding takes care of days of 23 and 25 hours. */
  const daysTo = (date, now) => Math.round((midnight(new Date(date)) - midnight(now)) / DAY);

  function inWords(days) {
    if (days <= 0) return "today";
    if (days === 1) return "tomorrow";
    return days < 60 ? `in ${days} days` : `in about ${Math.round(days / 30.4)} months`;
  }

  const counted = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

  /* ---- what is kept, and whether a text is that; a reason in words where it is not ---- */

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isDate = (value) =>
    typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !isNaN(new Date(value));
  const isNumber = (value, low, high = 1e6) =>
    typeof value === "number" && value >= low && value <= high;
  const isQuestion = (id) => /^L\d\d\.p\d\d$/.test(id);
  const isId = (id) => isQuestion(id) || /^term:.{1,100}$/.test(id);

  function isCard(card) {
    return (
      isObject(card) && isDate(card.due) && isDate(card.last_review) &&
      (card.begun === undefined || isDate(card.begun)) &&
      isNumber(card.stability, 0.001) && isNumber(card.difficulty, 1, 10) &&
      isNumber(card.state, 0, 3) && isNumber(card.reps, 1) &&
      ["lapses", "scheduled_days", "elapsed_days", "learning_steps"].every((name) =>
        isNumber(card[name], 0)
      )
    );
  }

  const isAnswer = (answer) => isObject(answer) && isNumber(answer.score, 0, 1) && isDate(answer.at);
  const isText = (value) => typeof value === "string" && value.length <= LONGEST_CODE;
  const isOwnCode = (name, own) =>
    /^[\w-]{1,80}$/.test(name) && isObject(own) && isText(own.text) && isText(own.from);
  const isLesson = (value) => Number.isInteger(value) && value > 0;
  const all = (object, test) => Object.entries(object).every(test);
  const empty = () => ({ version: VERSION, read: [], cards: {} });

  /* The state in a value that JSON.parse gave; throws an Error that says what is wrong. */
  function checkedState(value) {
    if (!isObject(value) || !isNumber(value.version, 1)) throw new Error("it holds no review");
    if (value.version > VERSION) throw new Error("it was written by a newer version of this page");
    if (!Array.isArray(value.read) || !value.read.every((n) => Number.isInteger(n))) {
      throw new Error("its list of lessons cannot be read");
    }
    if (!isObject(value.cards) || !all(value.cards, ([id, card]) => isId(id) && isCard(card))) {
      throw new Error("one of its cards cannot be read");
    }
    return { version: VERSION, read: [...new Set(value.read)], cards: value.cards };
  }

  /* ---- keeping: in the browser, or in memory where it refuses ---- */

  let memory = empty();
  let refused = false;

  function fetched(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      refused = true;
      return null;
    }
  }

  function keep(key, text) {
    try {
      localStorage.setItem(key, text);
      return true;
    } catch {
      refused = true;
      return false;
    }
  }

  function load() {
    const text = fetched(STORE);
    if (refused) return memory;
    if (text === null) return empty();
    try {
      return checkedState(JSON.parse(text));
    } catch (error) {
      if (!keep(`${STORE}.unreadable`, text)) return memory; // set aside, never overwritten unseen
      note(
        `What this browser had kept of the review could not be read: ${error.message}. It was set ` +
          "aside and the review begins anew. If you have an exported file, import it below."
      );
      keep(STORE, JSON.stringify(empty()));
      return empty();
    }
  }

  function save(state) {
    memory = state;
    keep(STORE, JSON.stringify(state));
    if (refused) {
      note(
        "This browser keeps nothing for this page. Export your progress as a file before you " +
          "close it."
      );
    }
  }

  function answers() {
    try {
      const kept = JSON.parse(fetched(ANSWERS));
      const good = isObject(kept) ? Object.entries(kept).filter(([, a]) => isAnswer(a)) : [];
      return Object.fromEntries(good);
    } catch {
      return {};
    }
  }

  function parsed(key) {
    try {
      return JSON.parse(fetched(key));
    } catch {
      return null;
    }
  }

  /* The reader's own text of live cells, by the cells' names. */
  function ownCode() {
    let keys = [];
    try {
      keys = Object.keys(localStorage).filter((key) => key.startsWith(CODE));
    } catch {
      refused = true;
    }
    const found = keys.map((key) => [key.slice(CODE.length), parsed(key)]);
    return Object.fromEntries(found.filter(([name, own]) => isOwnCode(name, own)));
  }

  function openedLast() {
    const lesson = parsed(OPENED);
    return isLesson(lesson) ? lesson : null;
  }

  /* ---- planning ---- */

  function ratingOf(score) {
    if (score === 0) return Rating.Again;
    return score === 1 ? Rating.Good : Rating.Hard;
  }

  /* The card after an answer; dates as text, as they are kept. */
  function rated(card, at, rating) {
    const next = planner.next(card ?? createEmptyCard(at), at, rating).card;
    return {
      ...next,
      due: next.due.toISOString(),
      last_review: next.last_review.toISOString(),
      ...(card?.begun ? { begun: card.begun } : {}),
    };
  }

  /* An answer given in a lesson counts where the question was new or due on that day. */
  function withLessonAnswers(state, now) {
    for (const [id, answer] of Object.entries(answers())) {
      const card = state.cards[id];
      const at = new Date(answer.at);
      const counts = !card || (at > new Date(card.last_review) && daysTo(card.due, at) <= 0);
      if (entries.has(id) && at <= now && counts) {
        state.cards[id] = rated(card, at, ratingOf(answer.score));
      }
    }
    return state;
  }

  function current(now) {
    return withLessonAnswers(load(), now);
  }

  /* Lessons that are ticked, or of which a question has been answered. */
  function begunLessons(state) {
    const answered = Object.keys(state.cards).filter(isQuestion);
    return new Set([...state.read, ...answered.map((id) => Number(id.slice(1, 3)))]);
  }

  /* The first lesson in which this reader has met an entry. */
  const home = (entry, begun) => entry.lessons.find((n) => begun.has(n)) ?? entry.lessons[0];

  /* What waits: the due ones, the longest overdue first, then new ones in the order of lessons. */
  function waiting(state, now) {
    const read = new Set(state.read);
    const begun = begunLessons(state);
    const known = [...entries.values()];
    const isMet = (entry) =>
      entry.lessons.some((n) => (entry.kind === "Term" ? begun : read).has(n));
    const fresh = known.filter((entry) => !state.cards[entry.id] && isMet(entry));
    fresh.sort((a, b) => home(a, begun) - home(b, begun));
    const planned = known
      .filter((entry) => state.cards[entry.id])
      .map((entry) => ({ entry, due: state.cards[entry.id].due }))
      .sort((a, b) => (a.due < b.due ? -1 : 1));
    const within = (low, high) =>
      planned.filter(({ due }) => daysTo(due, now) >= low && daysTo(due, now) <= high);
    const cards = Object.values(state.cards);
    const begunToday = cards.filter((card) => card.begun && daysTo(card.begun, now) === 0).length;
    const allowed = Math.min(fresh.length, Math.max(0, NEW_A_DAY - begunToday));
    const later = fresh.length - allowed;
    return {
      today: [...within(-Infinity, 0).map(({ entry }) => entry), ...fresh.slice(0, allowed)],
      tomorrow: within(1, 1).length + Math.min(later, NEW_A_DAY),
      later,
      met: planned.length + fresh.length,
    };
  }

  /* ---- showing what is due ---- */

  function make(element, properties = {}, ...content) {
    const made = Object.assign(document.createElement(element), properties);
    made.append(...content);
    return made;
  }

  function note(words) {
    find("note").textContent = words;
    find("note").hidden = false;
  }

  function say(words) {
    find("moved").textContent = words;
  }

  function dueWords({ today, tomorrow, later, met }) {
    if (!met) {
      return "Nothing to review yet. Answer practice questions in a lesson, or tick the lessons " +
        "you have read below.";
    }
    const wait = later ? ` At most ${NEW_A_DAY} new cards a day: ${later} wait.` : "";
    return `${today.length} due today, ${tomorrow} tomorrow.${wait}`;
  }

  function refresh() {
    const now = new Date();
    const state = current(now);
    const list = waiting(state, now);
    const words = dueWords(list);
    if (find("due").textContent !== words) find("due").textContent = words; // said once
    find("start").hidden = !list.today.length || !find("stage").hidden;
    for (const box of find("lessons").querySelectorAll("input")) {
      box.checked = state.read.includes(Number(box.value));
    }
    return list;
  }

  function listLessons() {
    for (const line of find("lessons").children) {
      const number = Number(line.dataset.lesson);
      const link = line.querySelector("a");
      const mine = byLesson(number);
      const terms = mine.filter((entry) => entry.kind === "Term").length;
      const box = make("input", { type: "checkbox", value: number });
      box.setAttribute("aria-label", `I have read lesson ${link.textContent}`);
      box.addEventListener("change", () => {
        const state = current(new Date());
        const others = state.read.filter((n) => n !== number);
        state.read = box.checked ? [...others, number] : others;
        save(state);
        refresh();
      });
      const size = `${counted(mine.length - terms, "question")}, ${counted(terms, "term")}`;
      line.prepend(box);
      line.append(make("span", { className: "review-from" }, size));
    }
    find("how").hidden = false;
  }

  /* ---- one session ---- */

  let queue = [];
  let place = 0;
  let shown = null; // the entry on the stage, until it is rated

  function start() {
    queue = refresh().today;
    place = 0;
    find("stage").hidden = false;
    find("start").hidden = true;
    show();
  }

  function stop(words) {
    shown = null;
    find("stage").hidden = true;
    find("card").replaceChildren();
    const list = refresh();
    (list.today.length ? find("start") : find("due")).focus();
    if (words) find("due").textContent = `${words} ${dueWords(list)}`;
  }

  function advance() {
    place += 1;
    if (place < queue.length) show();
    else stop("Done.");
  }

  function lessonLink(entry) {
    const lesson = home(entry, begunLessons(current(new Date())));
    const link = root.querySelector(`[data-lesson="${lesson}"] a`);
    return ["Lesson ", make("a", { href: link.href }, link.textContent)];
  }

  function show() {
    const entry = queue[place];
    shown = entry;
    find("planned").textContent = "";
    find("buttons").replaceChildren();
    find("from").replaceChildren(...lessonLink(entry));
    find("place").textContent = `${entry.kind} ${place + 1} of ${queue.length}`;
    if (entry.form) find("card").replaceChildren(cleared(entry.form));
    else showTerm(entry);
    find("place").focus();
  }

  function cleared(form) {
    form.reset();
    form.querySelector("details").open = false;
    const feedback = form.querySelector(".quiz-feedback");
    feedback.replaceChildren();
    delete feedback.dataset.state;
    form.elements.line?.removeAttribute("aria-invalid");
    return form;
  }

  /* Keeps the rating of the card as it was before, and returns when it is due. */
  function rate(entry, before, rating) {
    const now = new Date();
    const state = current(now);
    const card = rated(before, now, rating);
    if (!before) card.begun = now.toISOString();
    state.cards[entry.id] = card;
    save(state);
    refresh();
    return inWords(daysTo(card.due, now));
  }

  const cardOf = (entry) => current(new Date()).cards[entry.id];
  const preview = (card, rating) => {
    const now = new Date();
    return inWords(daysTo(rated(card, now, rating).due, now));
  };

  function button(words, when, act) {
    const made = make("button", { type: "button" }, words);
    if (when) made.append(" ", make("span", { className: "review-when" }, when));
    made.addEventListener("click", act);
    return made;
  }

  /* A question: the first answer that can be read counts, as in the lesson. */
  function watch(entry) {
    let before;
    const { form } = entry;
    form.addEventListener("submit", () => { before = cardOf(entry); }, { capture: true });
    form.addEventListener("submit", () => {
      const { state } = form.querySelector(".quiz-feedback").dataset;
      if (shown !== entry || state === "missing") return;
      shown = null;
      const earlier = before;
      const rating = { right: Rating.Good, partly: Rating.Hard, wrong: Rating.Again }[state];
      const when = rate(entry, earlier, rating);
      find("planned").textContent = `Asked again ${when}.`;
      find("buttons").replaceChildren(button("Next", "", advance));
      if (state !== "right") return;
      find("buttons").append(
        button("It was easy", preview(earlier, Rating.Easy), () => {
          rate(entry, earlier, Rating.Easy);
          advance();
        })
      );
    });
  }

  function showTerm(entry) {
    const reveal = button("Show the definition", "", () => revealTerm(entry));
    find("card").replaceChildren(
      make("p", { className: "review-term" }, entry.term),
      make("p", {}, "Say what it means, then look.")
    );
    find("buttons").replaceChildren(reveal);
    find("place").textContent += `: ${entry.term}`;
  }

  function revealTerm(entry) {
    const before = cardOf(entry);
    const definition = make("p", { className: "review-definition", tabIndex: -1 }, entry.definition);
    find("card").lastChild.replaceWith(definition);
    if (entry.source) {
      const source = make("p", { className: "review-source" });
      source.innerHTML = `Source: ${entry.source}.`; // built and escaped by review.py
      find("card").append(source);
    }
    find("planned").textContent = "How well did you know it? Choose, or press 1 to 4.";
    const words = ["Again", "Hard", "Good", "Easy"].map((name, i) =>
      button(`${i + 1} ${name}`, preview(before, Rating[name]), () => {
        if (shown !== entry) return;
        rate(entry, before, Rating[name]);
        advance();
      })
    );
    words.forEach((made, i) => made.setAttribute("aria-keyshortcuts", String(i + 1)));
    find("buttons").replaceChildren(...words);
    definition.focus();
  }

  /* Keys work inside the card alone, so that they take nothing from the page or the browser. */
  function key(event) {
    if (!shown || shown.form || event.ctrlKey || event.altKey || event.metaKey) return;
    const buttons = [...find("buttons").children];
    const isControl = event.target.closest("a, button");
    const chosen = buttons.length === 1
      ? !isControl && (event.key === " " || event.key === "Enter") && buttons[0]
      : buttons[["1", "2", "3", "4"].indexOf(event.key)];
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  }

  /* ---- a file, and an end ---- */

  function exportFile() {
    const now = new Date();
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
      .map((n) => String(n).padStart(2, "0")).join("-");
    const file = {
      format: STORE,
      version: VERSION,
      exported: now.toISOString(),
      review: current(now),
      answers: answers(),
      code: ownCode(),
      opened: openedLast(),
    };
    const blob = new Blob([JSON.stringify(file, null, 1)], { type: "application/json" });
    const link = make("a", {
      href: URL.createObjectURL(blob),
      download: `safe-haven-review-${day}.json`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    const cards = Object.keys(file.review.cards).length;
    say(`${counted(cards, "card")} written to ${link.download}, among your downloads.`);
  }

  function checkedFile(text) {
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      throw new Error("it is not JSON");
    }
    if (!isObject(file) || file.format !== STORE) throw new Error("it was not exported here");
    const state = checkedState(file.review);
    const good = isObject(file.answers) &&
      all(file.answers, ([id, answer]) => isQuestion(id) && isAnswer(answer));
    if (!good) throw new Error("one of its answers cannot be read");
    const { code = {}, opened = null } = file; // files of earlier editions hold neither
    if (!isObject(code) || !all(code, ([name, own]) => isOwnCode(name, own))) {
      throw new Error("the code that it holds cannot be read");
    }
    if (opened !== null && !isLesson(opened)) throw new Error("its last lesson cannot be read");
    return { state, given: file.answers, code, opened };
  }

  /* Code has no day, so what this browser has stays; returns how many cells were taken. */
  function takeCode(code) {
    const mine = ownCode();
    const missing = Object.entries(code).filter(([name]) => !(name in mine));
    for (const [name, own] of missing) keep(CODE + name, JSON.stringify(own));
    return missing.length;
  }

  /* Of two records of one thing the later one stays, so that nothing newer is lost. */
  function laterOf(mine, theirs, name) {
    const merged = { ...mine };
    let taken = 0;
    for (const [id, entry] of Object.entries(theirs)) {
      if (merged[id] && merged[id][name] >= entry[name]) continue;
      merged[id] = entry;
      taken += 1;
    }
    return { merged, taken };
  }

  async function importFile(input) {
    const [file] = input.files;
    if (!file) return;
    try {
      if (file.size > LARGEST_FILE) throw new Error("it is far too large");
      const { state, given, code, opened } = checkedFile(await file.text());
      const mine = current(new Date());
      const cards = laterOf(mine.cards, state.cards, "last_review");
      keep(ANSWERS, JSON.stringify(laterOf(answers(), given, "at").merged));
      save({
        version: VERSION,
        read: [...new Set([...mine.read, ...state.read])],
        cards: cards.merged,
      });
      const cells = takeCode(code);
      if (opened && !openedLast()) keep(OPENED, String(opened));
      const rest = Object.keys(state.cards).length - cards.taken;
      say(
        counted(cards.taken, "card") +
          (cells ? ` and your own code of ${counted(cells, "cell")}` : "") +
          ` taken from ${file.name}` +
          (rest ? `; of ${counted(rest, "other")} this browser has the same or a newer answer.` : ".")
      );
    } catch (error) {
      say(
        `${file.name} was not imported: ${error.message}. Nothing has changed. Choose a file that ` +
          "'Export as a file' wrote."
      );
    }
    input.value = "";
    refresh();
  }

  function askToErase() {
    const cards = Object.keys(current(new Date()).cards).length;
    find("sure-words").textContent =
      `Erase the dates of ${counted(cards, "card")}, all ticks, the scores in all lessons and your own code from ` +
      "this browser? This cannot be undone. Export a file first if you may want them again.";
    find("sure").hidden = false;
    find("no").focus();
  }

  function leaveErase(words) {
    find("sure").hidden = true;
    find("erase").focus();
    say(words);
  }

  /* Every key of the course: answers, dates, ticks, own code, the lesson opened last. */
  function forgetAll() {
    try {
      Object.keys(localStorage).filter((k) => k.startsWith("safehaven.")).forEach((k) => localStorage.removeItem(k));
    } catch {
      refused = true;
    }
  }

  function erase() {
    if (!find("stage").hidden) stop();
    forgetAll();
    save(empty());
    leaveErase("Everything is erased.");
    refresh();
  }

  /* ---- begin ---- */

  gather();
  listLessons();
  for (const entry of entries.values()) if (entry.form) watch(entry);
  root.classList.add("quiz-set"); // the buttons look as in the lessons
  find("off").hidden = true;
  find("today").hidden = find("keep").hidden = false;
  find("due").tabIndex = -1;
  find("start").addEventListener("click", start);
  find("stop").addEventListener("click", () => stop());
  find("stage").addEventListener("keydown", key);
  find("export").addEventListener("click", exportFile);
  root.querySelector("#review-import").addEventListener("change", (e) => importFile(e.target));
  find("erase").addEventListener("click", askToErase);
  find("no").addEventListener("click", () => leaveErase("Nothing was erased."));
  find("yes").addEventListener("click", erase);
  find("sure").addEventListener("keydown", (event) => {
    if (event.key === "Escape") leaveErase("Nothing was erased.");
  });
  /* Another tab, or another day, may have changed what is due. */
  window.addEventListener("storage", refresh);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  save(current(new Date()));
  refresh();
})();
