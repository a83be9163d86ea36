/* What moves because it means something: the cells of one object, from slide to slide, and a number that counts up to its
   value. Nothing moves for who wants it so, on a phone, or in the overview. */
(() => {
  "use strict";
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const MOVES = 300; // ms
  const COUNTS = 600;
  const isStill = () => still.matches || Reveal.isScrollView() || Reveal.isOverview();
  const isSeen = (part) => !part.closest(".fragment:not(.visible, .dim, .fade-out), .fragment.fade-out.visible");

  // of each cell of an object what is seen: its ground, and over it what lights it
  const findCells = (slide) => {
    const cells = new Map();
    for (const shape of slide?.querySelectorAll("[data-object] [data-cell]") ?? []) {
      const name = `${shape.ownerSVGElement.dataset.object}: ${shape.dataset.cell}`;
      if (isSeen(shape)) cells.set(name, [...(cells.get(name) ?? []), shape]);
    }
    return cells;
  };

  let left = new Map(); // where the cells of the last slide were, and in which colour
  const keepCells = () => {
    left = new Map();
    for (const [name, shapes] of isStill() ? [] : findCells(Reveal.getCurrentSlide())) {
      const boxes = shapes.map((shape) => shape.getBoundingClientRect());
      left.set(name, { boxes, fill: getComputedStyle(shapes.at(-1)).fill });
    }
  };

  const moveCells = (slide) => {
    const found = [...findCells(slide)].filter(([name]) => left.has(name));
    const moved = found.flatMap(([name, shapes]) =>
      shapes.map((shape, layer) => {
        const { boxes, fill } = left.get(name);
        const [from, to] = [layer ? boxes.at(-1) : boxes[0], shape.getBoundingClientRect()];
        const scale = shape.getScreenCTM().a; // px of the screen in one of the picture
        const by = `translate(${(from.left - to.left) / scale}px, ${(from.top - to.top) / scale}px)`;
        const size = `scale(${from.width / to.width}, ${from.height / to.height})`;
        const colour = getComputedStyle(shape).fill;
        return [shape, `${by} ${size}`, [shape === shapes.at(-1) ? fill : colour, colour]];
      }),
    );
    for (const [shape, transform, fill] of moved) {
      shape.animate({ transform: [transform, "none"], fill }, { duration: MOVES, easing: "ease" });
    }
  };

  const countUp = (text) => {
    const written = text.textContent;
    const [digits] = written.match(/\d[\d,]*(?:\.\d+)?/) ?? [];
    if (!digits || text.dataset.counting) return;
    text.dataset.counting = "true";
    const decimals = digits.split(".")[1]?.length ?? 0;
    const form = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: digits.includes(",") };
    const { format } = new Intl.NumberFormat("en", form);
    const value = Number(digits.replaceAll(",", ""));
    const start = performance.now();
    const show = (now) => {
      const share = Math.max(0, (now - start) / COUNTS);
      const isOver = share >= 1 || !text.closest("section.present");
      text.textContent = isOver ? written : written.replace(digits, format(value * (1 - (1 - share) ** 3)));
      if (isOver) delete text.dataset.counting;
      else requestAnimationFrame(show);
    };
    show(start);
  };
  const countIn = (part) => {
    for (const text of isStill() ? [] : part.querySelectorAll("[data-count] .number")) if (isSeen(text)) countUp(text);
  };

  window.PaperdeckMotion = () => ({
    id: "motion",
    init: () => {
      Reveal.on("beforeslidechange", keepCells);
      Reveal.on("slidechanged", ({ currentSlide }) => {
        if (!isStill()) moveCells(currentSlide);
        countIn(currentSlide);
      });
      Reveal.on("fragmentshown", ({ fragment }) => fragment.querySelector(".number") && countIn(fragment.closest("section")));
    },
  });
})();
