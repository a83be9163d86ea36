/* Below the article's chart of experts: how many there are and how many compute, as try_count.py has it. */
(() => {
  const chart = document.getElementById("glam-experts-chart");
  if (!chart) return;
  const { add, addSlider, makeBox } = window.explore;
  const ALWAYS = 4 * 8192 * 128 * 128 * 64 + 3 * 8192 * 32768 * 32 + 256000 * 8192;
  const EXPERT = 2 * 8192 * 32768 * 32;
  const parameters = (experts, chosen) => [ALWAYS + experts * EXPERT, ALWAYS + chosen * EXPERT];
  const write = (number, digits) =>
    number.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

  const box = makeBox();
  const experts = addSlider(box, "explore-experts", "Experts in a mixture layer: ", { min: 1, max: 8, value: 6 });
  const chosen = addSlider(box, "explore-chosen", "Experts that a token uses: ", { min: 1, max: 8, value: 2 });
  const words = add(box, "p", { role: "status" });
  const most = parameters(256, 1)[0];
  const strip = addStrip("Experts of a layer, and those that a token uses");
  const bar = addStrip(`Parameters held, and those used for a token; the whole width is ${write(most / 1e9, 0)} billion`);

  function addStrip(name) {
    add(box, "p", { "aria-hidden": "true" }, name);
    return add(box, "svg", { viewBox: "0 0 640 28", "aria-hidden": "true" });
  }

  function draw(held, used, count, lit) {
    strip.replaceChildren();
    bar.replaceChildren();
    const cell = 640 / count;
    const gap = Math.min(3, cell / 4);
    const at = new Set(Array.from({ length: lit }, (_, i) => Math.floor(((i + 0.5) * count) / lit)));
    for (let i = 0; i < count; i++) {
      const fill = at.has(i) ? "var(--pd-accent)" : "color-mix(in srgb, var(--pd-series-1) 15%, transparent)";
      add(strip, "rect", { x: i * cell, y: 0, width: cell - gap, height: 28, fill });
    }
    const scale = 640 / most;
    add(bar, "rect", { x: 0, y: 0, width: held * scale, height: 28, fill: "var(--pd-series-1)" });
    add(bar, "rect", { x: 0, y: 0, width: used * scale, height: 28, fill: "var(--pd-accent)" });
  }

  function update() {
    const count = 2 ** Number(experts.input.value);
    chosen.input.max = Math.min(8, count); // and the browser moves the value below it
    const lit = Number(chosen.input.value);
    const [held, used] = parameters(count, lit);
    experts.shown.textContent = count;
    chosen.shown.textContent = lit;
    experts.input.setAttribute("aria-valuetext", count);
    chosen.input.setAttribute("aria-valuetext", lit);
    words.textContent =
      `${write(held / 1e9, 1)} billion parameters held, ${write(used / 1e9, 1)} billion used for a token: ` +
      `${write((100 * used) / held, 1)}%`;
    draw(held, used, count, lit);
  }
  for (const { input } of [experts, chosen]) input.addEventListener("input", update);
  update();
  chart.after(box);
})();
