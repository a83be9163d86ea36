/* Below the article's two rows of weights: bits to choose, and where the weights fall, as try_quantise.py has it. */
(() => {
  const before = document.getElementById("glm-few-bits");
  if (!before) return;
  const { add, addSlider, makeBox } = window.explore;
  const ROWS = [["Similar weights", [0.7, -0.3, 0.42, -0.6]], ["One outlier", [3.5, -0.3, 0.42, -0.6]]];
  const MAT = [0.3, -0.8, 1.0, 0.1];
  const write = (number, digits) => number.toFixed(digits).replace(/^-(?=0\.?0*$)/, "").replace("-", "−");
  const dot = (a, b) => a.reduce((sum, one, i) => sum + one * b[i], 0);

  function quantise(weights, bits) {
    const step = Math.max(...weights.map(Math.abs)) / (2 ** (bits - 1) - 1);
    return { step, stored: weights.map((weight) => Math.round(weight / step)) };
  }

  function draw(picture, weights, { step, stored }) {
    picture.replaceChildren();
    const most = Math.max(...weights.map(Math.abs));
    const at = (value) => 320 + (300 * value) / most;
    add(picture, "line", { x1: 10, x2: 630, y1: 48, y2: 48, stroke: "var(--pd-line)" });
    for (let tick = -Math.round(most / step); tick <= Math.round(most / step); tick++)
      add(picture, "line", { x1: at(tick * step), x2: at(tick * step), y1: 42, y2: 54, stroke: "var(--pd-line)" });
    weights.forEach((weight, i) => {
      const colour = Math.abs(weight) === most ? "var(--pd-accent)" : "var(--pd-series-1)";
      const back = at(stored[i] * step);
      add(picture, "line", { x1: at(weight), x2: back, y1: 14, y2: 48, stroke: colour, "stroke-width": 2 });
      add(picture, "circle", { cx: at(weight), cy: 14, r: 6, fill: "var(--pd-paper)", stroke: colour, "stroke-width": 2 });
      add(picture, "circle", { cx: back, cy: 48, r: 6, fill: colour });
    });
  }

  const box = makeBox();
  const { input: bits, shown } = addSlider(box, "explore-bits", "Bits for a weight: ", { min: 2, max: 8, value: 4 });
  add(box, "p", {}, "Hollow: the weight as it was. Filled: the tick that it is rounded to.");
  const rows = ROWS.map(([name, weights]) => {
    const words = add(box, "p", { role: "status" });
    const picture = add(box, "svg", { viewBox: "0 0 640 60", "aria-hidden": "true" });
    return { name, weights, words, picture };
  });

  function update() {
    shown.textContent = bits.value;
    for (const { name, weights, words, picture } of rows) {
      const rounded = quantise(weights, Number(bits.value));
      const back = rounded.stored.map((one) => one * rounded.step);
      words.textContent =
        `${name}: stored as ${rounded.stored.map((one) => write(one, 0)).join(", ")}, ` +
        `used as ${back.map((one) => write(one, 2)).join(", ")}; ` +
        `times “mat”, ${write(dot(back, MAT), 2)} instead of ${write(dot(weights, MAT), 2)}`;
      draw(picture, weights, rounded);
    }
  }
  bits.addEventListener("input", update);
  update();
  before.after(box);
})();
