// Adds a choice of strand and actor above the timeline. Without it the whole table stands there.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector(".generated-timeline table");
  if (!table) return;
  const heads = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  const rows = [...table.querySelectorAll("tbody tr")];
  const column = (name) => heads.indexOf(name);
  const values = (row, name) =>
    row.cells[column(name)].textContent.split(";").map((part) => part.trim()).filter(Boolean);
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const form = document.createElement("form");
  form.className = "timeline-choice";
  form.addEventListener("submit", (event) => event.preventDefault());

  const choices = [["Strand", "Strand"], ["Actor", "Actors"]].map(([label, name]) => {
    const select = document.createElement("select");
    select.id = `timeline-${label.toLowerCase()}`;
    select.append(new Option("all", ""));
    const all = new Set(rows.flatMap((row) => values(row, name)));
    [...all].sort((a, b) => a.localeCompare(b)).forEach((value) => select.append(new Option(value)));
    const text = document.createElement("label");
    text.htmlFor = select.id;
    text.append(`${label} `);
    form.append(text, select, " ");
    return [select, name];
  });

  const show = () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = choices.some(
        ([select, name]) => select.value && !values(row, name).includes(select.value));
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = `${shown} of ${rows.length} events`;
  };
  form.addEventListener("change", show);
  (table.closest(".pst-scrollable-table-container") ?? table).before(form, status);
  show();
});
