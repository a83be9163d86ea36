// The load of experts with and without the balancing loss: one set of bars and a switch in the place of the drawing.
// All numbers are read from the table of the chart; without this script the chart stands as it is.
"use strict";

{
  const figure = document.getElementById("olmoe-load");
  const table = figure.querySelector(".chart-values table");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent));
  const most = Math.max(...rows.flatMap(([, ...loads]) => loads.map(Number)));
  const even = rows[0][3];

  const make = (name, className, text = "") => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  };

  const panel = make("div", "load");
  const control = make("button", "load-switch", "Balancing loss");
  control.type = "button";
  control.setAttribute("role", "switch");
  const told = make("p", "load-told");
  told.setAttribute("role", "status");

  const bars = make("div", "load-bars");
  bars.setAttribute("aria-hidden", "true"); // the table has the same numbers for those who do not see them
  const columns = rows.map(([rank]) => {
    const column = make("div", "load-column");
    const value = make("span", "load-value");
    column.append(value, make("div", "load-bar"), make("span", "load-rank", rank));
    bars.append(column);
    return column;
  });
  const line = make("div", "load-even", `even use, ${even}%`);
  line.style.setProperty("--share", Number(even) / most);
  bars.append(line);

  const show = (balanced) => {
    control.setAttribute("aria-checked", balanced);
    bars.classList.toggle("crowded", !balanced);
    columns.forEach((column, i) => {
      const load = rows[i][balanced ? 1 : 2];
      column.style.setProperty("--share", Number(load) / most);
      column.firstChild.textContent = load;
    });
    const idle = rows.filter((row) => Number(row[balanced ? 1 : 2]) < 1).length;
    told.textContent =
      `${balanced ? "With" : "Without"} the balancing loss the busiest expert gets ` +
      `${rows[0][balanced ? 1 : 2]}% of the tokens. Below 1%: ${idle} of the ${rows.length} experts drawn.`;
  };

  control.addEventListener("click", () => show(control.getAttribute("aria-checked") !== "true"));
  show(true);
  panel.append(
    control,
    make("p", "load-axis", "share of the tokens, %"),
    bars,
    make("p", "load-axis", "expert, by rank"),
    told,
  );
  figure.prepend(panel);
  figure.classList.add("explored");
}
