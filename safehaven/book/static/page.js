/* What the theme leaves open on every page: the list of pages can be put away, dialogs have names
   and a button that closes them, and whatever scrolls sideways can be reached with the keyboard. */
(() => {
  "use strict";

  const WIDE = matchMedia("(min-width: 960px)"); // from here on the theme shows the list of pages

  /* ---- the list of pages ---- */

  const pages = document.getElementById("pst-primary-sidebar");
  const toggle = document.querySelector(".primary-toggle");

  const tell = () => {
    const shown = WIDE.matches && !pages.classList.contains("pst-sidebar-hidden");
    toggle.setAttribute("aria-expanded", String(shown));
  };

  if (pages && toggle) {
    // In the capturing phase: on a wide screen the theme's dialog must not open.
    toggle.addEventListener("click", (event) => {
      if (!WIDE.matches) return;
      event.stopImmediatePropagation();
      pages.classList.toggle("pst-sidebar-hidden");
      tell();
    }, true);
    WIDE.addEventListener("change", tell);
    tell();
  }

  /* ---- dialogs ---- */

  const named = { "pst-primary-sidebar-modal": "All pages", "pst-secondary-sidebar-modal": "On this page" };
  for (const [id, name] of Object.entries(named)) {
    const dialog = document.getElementById(id);
    dialog?.setAttribute("aria-label", name);
    // A link inside the page leaves the dialog open; the reader wants to see where it leads.
    dialog?.addEventListener("click", (event) => {
      if (event.target.closest(".sidebar-close, a[href^='#']")) dialog.close();
    });
  }

  /* ---- paper: dark letters on white, whatever the screen shows ---- */

  const root = document.documentElement;
  document.querySelector(".print-button")?.addEventListener("click", () => print());
  matchMedia("print").addEventListener("change", (paper) => {
    if (paper.matches) root.dataset.onScreen = root.dataset.theme;
    root.dataset.theme = paper.matches ? "light" : root.dataset.onScreen;
  });

  /* ---- what scrolls sideways ---- */

  const SCROLLING = ".chart-scroll, .pst-scrollable-table-container, div.highlight > pre";

  const name = (box) =>
    `${box.dataset.label ?? (box.matches("pre") ? "Code" : "Table")}, scrolls sideways`;

  const reach = (box) => {
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute("role", "group"); // not a region: those are landmarks, and must be few
      box.setAttribute("aria-label", name(box));
    } else {
      for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
    }
  };

  const watch = new ResizeObserver((entries) => entries.forEach((entry) => reach(entry.target)));
  document.querySelectorAll(SCROLLING).forEach((box) => watch.observe(box));
})();
