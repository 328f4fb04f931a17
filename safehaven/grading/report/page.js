"use strict";
(() => {
  const table = document.querySelector("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const value = (row, column) => row.cells[column].dataset.sort;

  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const column = head.cellIndex;
      const order = new Intl.Collator("en", { numeric: true });
      const numbers = head.dataset.kind === "number";
      rows.sort((one, other) => {
        const [a, b] = [value(one, column), value(other, column)];
        return (up ? 1 : -1) * (numbers ? a - b : order.compare(a, b));
      });
      body.append(...rows);
    });
  }

  const tools = document.querySelector(".tools");
  const status = tools.querySelector("select");
  const search = tools.querySelector("input");
  const count = tools.querySelector("output");
  const show = () => {
    const wanted = search.value.toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const name = value(row, 0).toLowerCase();
      row.hidden = (status.value && row.dataset.status !== status.value) || !name.includes(wanted);
      shown += !row.hidden;
    }
    count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
  };
  status.addEventListener("change", show);
  search.addEventListener("input", show);
  tools.hidden = false;

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
})();
