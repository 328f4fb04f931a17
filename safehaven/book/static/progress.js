/* Where the reader stands: fills the map, the end of a lesson and the page of progress.
   It reads what quiz.js (`safehaven.quiz`) and review.js (`safehaven.review`) have kept, and
   writes two things: the ticks of read lessons, into `safehaven.review`, and the lesson that was
   opened last, into `safehaven.opened`. Nothing leaves the browser. */
(() => {
  "use strict";

  const ANSWERS = "safehaven.quiz";
  const REVIEW = "safehaven.review";
  const OPENED = "safehaven.opened";

  /* ---- what is kept; null where there is nothing that can be read ---- */

  let refused = false;

  function kept(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      if (!(error instanceof SyntaxError)) refused = true;
      return null;
    }
  }

  function keep(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      refused = true;
      return false;
    }
  }

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  function review() {
    const state = kept(REVIEW);
    const good = isObject(state) && Array.isArray(state.read) && isObject(state.cards);
    return good ? state : { version: 1, read: [], cards: {} };
  }

  function record() {
    const answers = kept(ANSWERS);
    const state = review();
    const now = new Date();
    const dueToday = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    const answered = Object.entries(isObject(answers) ? answers : {}).filter(
      ([, answer]) => typeof answer?.score === "number"
    );
    const ofLesson = (id) => Number(/^L(\d\d)\.p/.exec(id)?.[1]);
    const last = kept(OPENED);
    return {
      isRead: (n) => state.read.includes(n),
      answered: (n) => answered.filter(([id]) => ofLesson(id) === n).length,
      points: (n) =>
        answered.filter(([id]) => ofLesson(id) === n).reduce((sum, [, a]) => sum + a.score, 0),
      due: (n) =>
        Object.entries(state.cards).filter(
          ([id, card]) => ofLesson(id) === n && new Date(card.due) < dueToday
        ).length,
      cards: Object.keys(state.cards).length,
      opened: Number.isInteger(last) ? last : null,
    };
  }

  const rounded = (points) => String(Math.round(points * 10) / 10);

  /* What a reader has done in a lesson, in words; empty where nothing was done. */
  function inWords(done, n, questions) {
    const parts = [];
    if (done.isRead(n)) parts.push("read");
    if (done.answered(n)) parts.push(`${done.answered(n)} of ${questions} questions answered`);
    if (done.due(n)) parts.push(`${done.due(n)} to review`);
    return parts.join(" · ");
  }

  /* ---- the map ---- */

  function fillMap(map, done) {
    const stops = [...map.querySelectorAll("li[data-lesson]")];
    for (const stop of stops) {
      const n = Number(stop.dataset.lesson);
      const words = inWords(done, n, stop.dataset.questions);
      const where = stop.querySelector(".map-where");
      where.textContent = words;
      where.hidden = !words;
      stop.classList.toggle("is-read", done.isRead(n));
    }
    const number = (stop) => Number(stop.dataset.lesson);
    const unread = stops.filter((stop) => !done.isRead(number(stop)));
    const next = unread.find((stop) => number(stop) === done.opened) ?? unread[0];
    const begun = stops.some((stop) => inWords(done, number(stop), 0)) || done.opened !== null;
    const go = map.querySelector(".map-go");
    if (!begun || !go) return;
    if (!next) {
      go.textContent = "You have read all lessons: on to the capstone";
      go.href = map.querySelector(".map-capstone a")?.href ?? go.href;
      return;
    }
    const link = next.querySelector(".map-lesson");
    go.textContent = `Go on with lesson ${number(next)}: ${link.textContent}`;
    go.href = link.href;
  }

  /* ---- the end of a lesson ---- */

  function startLesson(block) {
    const n = Number(block.dataset.lesson);
    const button = block.querySelector("button");
    const where = block.querySelector(".lesson-where");
    keep(OPENED, n);

    function show(said) {
      const done = record();
      button.setAttribute("aria-pressed", String(done.isRead(n)));
      const answered = `${done.answered(n)} of ${block.dataset.questions} questions answered.`;
      where.textContent = [said, answered].filter(Boolean).join(" ");
    }

    button.addEventListener("click", () => {
      const state = review();
      const was = state.read.includes(n);
      const read = was ? state.read.filter((m) => m !== n) : [...state.read, n];
      const stored = keep(REVIEW, { ...state, read });
      if (!stored) show("This browser keeps nothing for this page.");
      else show(was ? "No longer marked as read." : "Marked as read; its questions join the review.");
    });
    block.hidden = false;
    show("");
  }

  /* ---- the page of progress ---- */

  function fillTables(page, done) {
    const rows = [...page.querySelectorAll("tr[data-lesson]")];
    for (const row of rows) {
      const n = Number(row.dataset.lesson);
      const answered = done.answered(n);
      row.querySelector(".progress-read").textContent = done.isRead(n) ? "yes" : "not yet";
      row.querySelector(".progress-checked").textContent =
        `${answered} of ${row.dataset.questions}` +
        (answered ? `, ${rounded(done.points(n))} points` : "");
      row.querySelector(".progress-due").textContent = String(done.due(n));
    }
    const read = rows.filter((row) => done.isRead(Number(row.dataset.lesson))).length;
    const total = rows.reduce((sum, row) => sum + done.answered(Number(row.dataset.lesson)), 0);
    page.querySelector(".progress-sum").textContent = refused
      ? "This browser keeps nothing for this page, so there is nothing to show."
      : `You have read ${read} of ${rows.length} lessons and answered ${total} questions; ` +
        `${done.cards} cards are in your review.`;
    page.querySelector(".progress-off").hidden = true;
    for (const strand of page.querySelectorAll(".progress-strand")) strand.hidden = false;
  }

  function refresh() {
    const done = record();
    document.querySelectorAll(".course-map").forEach((map) => fillMap(map, done));
    document.querySelectorAll(".own-progress").forEach((page) => fillTables(page, done));
  }

  document.querySelectorAll(".lesson-end").forEach(startLesson);
  refresh();
  /* Another tab, or this page out of the browser's memory after 'back', may know more. */
  addEventListener("storage", refresh);
  addEventListener("pageshow", (event) => event.persisted && refresh());
})();
