// The load of experts with and without the balancing loss: one set of bars, the other outlined behind it, and a switch
// in the place of the drawing.
// All numbers are read from the table of the chart; without this script the chart stands as it is.
"use strict";

{
  const figure = document.getElementById("olmoe-load");
  const table = figure.querySelector(".chart-values table");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent));
  const most = Math.max(...rows.flatMap(([, ...loads]) => loads.map(Number)));
  const even = rows[0][3];

  const { add } = window.explore;
  const panel = add(figure, "div", { class: "load" });
  const control = add(panel, "button", { class: "load-switch", type: "button", role: "switch" }, "Balancing loss");
  const axis = add(panel, "p", { class: "load-axis" });
  // the table has the same numbers for those who do not see the bars
  const bars = add(panel, "div", { class: "load-bars", "aria-hidden": "true" });
  const columns = rows.map(([rank]) => {
    const column = add(bars, "div", { class: "load-column" });
    add(column, "div", { class: "load-other" });
    add(column, "span", { class: "load-value" });
    add(column, "div", { class: "load-bar" });
    add(column, "span", { class: "load-rank" }, rank);
    return column;
  });
  const line = add(bars, "div", { class: "load-even" }, `even use, ${even}%`);
  line.style.setProperty("--share", Number(even) / most);
  add(panel, "p", { class: "load-axis" }, "expert, by rank");
  const told = add(panel, "p", { class: "load-told", role: "status" });

  const show = (balanced) => {
    control.setAttribute("aria-checked", balanced);
    bars.classList.toggle("crowded", !balanced);
    columns.forEach((column, i) => {
      const [load, other] = balanced ? rows[i].slice(1, 3) : rows[i].slice(1, 3).reverse();
      column.style.setProperty("--share", Number(load) / most);
      column.style.setProperty("--other", Number(other) / most);
      column.querySelector(".load-value").textContent = load;
    });
    axis.textContent = `load, % of the tokens; outlined: ${balanced ? "without" : "with"} the loss`;
    const idle = rows.filter((row) => Number(row[balanced ? 1 : 2]) < 1).length;
    told.textContent =
      `${balanced ? "With" : "Without"} the balancing loss the busiest expert gets ` +
      `${rows[0][balanced ? 1 : 2]}% of the tokens. Below 1%: ${idle} of the ${rows.length} experts drawn.`;
  };

  control.addEventListener("click", () => show(control.getAttribute("aria-checked") !== "true"));
  show(true);
  figure.prepend(panel);
  figure.classList.add("explored");
}
