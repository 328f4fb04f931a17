/* Finds names by any listed variant: shows people and terms first, and lets Sphinx search for
   the form that the course uses. The names come from search-names-data.js. */
(() => {
  "use strict";

  const MOST = 6;
  const names = window.safehavenNames;
  const out = document.getElementById("search-results");
  if (!names || !out || typeof Search === "undefined") return;

  /* 'al-Qāʿida' and "al-Qa'ida" are the words al and qaida. */
  const words = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f'’`ʿʾ‘]/g, "").toLowerCase()
      .split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const joined = (list) => list.join(" ");

  const known = names.map((entry) => {
    const forms = [entry.name, ...entry.variants].map(words);
    return { ...entry, forms: forms.map(joined), all: new Set(forms.flat()) };
  });

  /* Entries whose names hold every word of the query; those with just this name come first. */
  function matching(query) {
    const asked = words(query);
    if (!asked.length) return [];
    const rank = (entry) => {
      if (entry.forms[0] === joined(asked)) return 0;
      return entry.forms.includes(joined(asked)) ? 1 : 2 + entry.all.size / 100;
    };
    return known
      .filter((entry) => asked.every((word) => entry.all.has(word)))
      .sort((a, b) => rank(a) - rank(b));
  }

  /* The query with its longest listed variant in the form of the course. */
  function inOurWords(query, found) {
    const asked = words(query);
    const has = (entry) => asked.every((word) => words(entry.name).includes(word));
    if (found.length && (found.length === 1 || found[0].forms.includes(joined(asked)))) {
      return has(found[0]) ? query : found[0].name;
    }
    if (found.length) return query;
    for (let size = asked.length - 1; size > 0; size -= 1) {
      for (let at = 0; at + size <= asked.length; at += 1) {
        const part = joined(asked.slice(at, at + size));
        const entry = known.find((e) => e.forms.indexOf(part) > 0);
        if (entry) {
          return [...asked.slice(0, at), entry.name, ...asked.slice(at + size)].join(" ");
        }
      }
    }
    return query;
  }

  function make(element, properties, ...children) {
    const made = Object.assign(document.createElement(element), properties);
    made.append(...children);
    return made;
  }

  const root = document.documentElement.dataset.content_root ?? "";

  function showNames(found) {
    const entries = found.slice(0, MOST).map((entry) => {
      const also = entry.variants.length ? ` (also written ${entry.variants.join(", ")})` : "";
      const link = make("a", { href: root + entry.address }, entry.name);
      return make("li", {}, link, `${also}: ${entry.says}`);
    });
    const heading = make("h2", { id: "search-names" }, "Names and terms");
    const section = make("section", { className: "search-names" }, heading, make("ul", {}, ...entries));
    section.setAttribute("aria-labelledby", "search-names");
    out.before(section);
  }

  function say(query, ours) {
    const exact = new URLSearchParams({ q: query, exact: "1" });
    const link = make("a", { href: `?${exact}` }, `Search for just “${query}”`);
    out.before(make("p", { className: "search-said" }, `Showing pages with “${ours}”. `, link));
  }

  /* What a page is quoted from: its text without the bar and the head, with room between parts. */
  const ASIDE =
    ".bd-header-article, .offline-note, .lesson-facts, .objective-id, .headerlink, h1, script, style";
  const PARTS = "p, li, td, th, dt, dd, h2, h3, h4, label, summary, figcaption, text";
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(ASIDE).forEach((aside) => aside.remove());
    page.querySelectorAll(PARTS).forEach((part) => part.append(" "));
    const part = anchor && page.getElementById(anchor.replace(/^#/, ""));
    const text = (part || page.querySelector("[role=main]"))?.textContent ?? "";
    return text.replace(/\s+/g, " ").trim();
  };

  const perform = Search.performSearch;
  Search.performSearch = (query) => {
    const found = matching(query);
    if (found.length) showNames(found);
    const exact = new URLSearchParams(location.search).has("exact");
    const ours = exact ? query : inOurWords(query, found);
    if (ours !== query) say(query, ours);
    return perform(ours);
  };
})();
