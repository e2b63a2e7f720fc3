// Sorts tables by a click on a column's name, or by Enter or Space on it. The buttons are made here: without a script there are none.
"use strict";
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const falling = header.getAttribute("aria-sort") === "ascending";
      headers.forEach(other => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const rows = [...body.rows].map(row => ({ row, key: keyOf(row.cells[column]) }));
      rows.sort((a, b) => compare(a.key, b.key, falling));
      body.append(...rows.map(item => item.row));
    });
  });
}

// A number, a text, or null where a score is not defined.
function keyOf(cell) {
  const value = cell.dataset.value;
  return value === undefined ? cell.textContent : value === "" ? null : Number(value);
}

// What is not defined comes last, whichever way the rest is sorted.
function compare(a, b, falling) {
  if (a === null || b === null) {
    return (a === null) - (b === null);
  }
  const order = typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true });
  return falling ? -order : order;
}
