/* What a page shows, measured in it: run in every page that `check` opens, before the page's own scripts.
   Each function returns faults: {kind, message, text (what it is about), near (the words around it), box, where}. */
(() => {
  "use strict";
  const TEXT_EDGE = 1; // px that a letter may leave its place by
  const CORE = 0.22; // of a line's height, above and below, in which letters of two lines may meet
  const PICTURES = "img, svg, video, canvas, iframe, object, embed";
  const SHAPES = "rect, circle, ellipse, polygon, polyline, path, line, use, image";
  const BOXES = ".node .label-container, .cluster > rect, .actor, .note, .labelBox";
  const UNDRAWN = "pre.mermaid, div.mermaid, .katex-error, merror, mjx-merror, [data-mjx-error], .MathJax_Error";
  const RAW_TEX = /\\\(.+?\\\)|\\\[[^]+?\\\]|\$\$[^$]+\$\$|\\(?:frac|sum|begin|mathcal|mathbf|operatorname)\b/;

  // ---- what is moved, before the page is shown ----
  const shifts = [];
  let faced = Infinity; // when the faces are there, and what they have moved is moved
  const watchShifts = () => {
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => (faced = performance.now()))));
    new PerformanceObserver((list) => {
      for (const { value, sources, startTime, hadRecentInput } of list.getEntries()) {
        if (!hadRecentInput && startTime > faced) shifts.push({ value, nodes: sources.map(({ node }) => node) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  };
  if (window === window.top) addEventListener("load", watchShifts);

  // ---- seeing ----
  const placeOf = ({ left, top, right, bottom }) => [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY].map(Math.round);
  const meet = (one, other) => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  const area = ({ left, top, right, bottom }) => Math.max(0, right - left) * Math.max(0, bottom - top);
  const fold = (text) => text.replace(/\s+/g, " ").trim();
  const name = (element) => element.localName + [...element.classList].map((part) => `.${part}`).join("");
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const isForEarsAlone = (element, root, known) => {
    if (!element || element === root.parentElement) return false;
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const isCut = style.clipPath.startsWith("inset(50%") || /^rect\((0px|1px)/.test(style.clip);
      const isDot = style.overflow !== "visible" && element.offsetParent && element.clientWidth <= 1 && element.clientHeight <= 1;
      known.set(element, isCut || !!isDot || isForEarsAlone(element.parentElement, root, known));
    }
    return known.get(element);
  };
  const blockOf = (element) => {
    let part = element.closest("text, math, mjx-container, .katex") ?? element;
    while (part.parentElement && getComputedStyle(part).display.startsWith("inline")) part = part.parentElement;
    return part;
  };
  const wordsNear = (element) => fold(blockOf(element).textContent).slice(0, 300);
  const idNear = (element) => element.closest("[id]")?.id ?? "";

  /* What the ancestors of an element below `root` leave to be seen of it, and whether one of them can be scrolled. */
  const clipOf = (element, root, known) => {
    if (element === root || !element) return { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9, scrolls: false };
    if (known.has(element)) return known.get(element);
    const outer = clipOf(element.parentElement, root, known);
    const { overflowX, overflowY, display, contain } = getComputedStyle(element);
    let inner = outer;
    if (display !== "inline" && display !== "contents" && !(overflowX === "visible" && overflowY === "visible")) {
      const box = element.getBoundingClientRect();
      const scrolls = outer.scrolls || /auto|scroll/.test(overflowX + overflowY);
      inner = {
        ...meet(outer, {
          left: overflowX === "visible" ? -1e9 : box.left,
          right: overflowX === "visible" ? 1e9 : box.right,
          top: overflowY === "visible" ? -1e9 : box.top,
          bottom: overflowY === "visible" ? 1e9 : box.bottom,
        }),
        scrolls,
      };
    }
    known.set(element, inner);
    return inner;
  };

  /* Every line of every text that is shown below `root`. */
  const linesOf = (root) => {
    const lines = [], clips = new Map(), forEars = new Map(), seen = new Map(), blocks = new Map();
    const remember = (known, find, element) => {
      if (!known.has(element)) known.set(element, find(element));
      return known.get(element);
    };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, owner = node.parentElement;
      if (!node.data.trim() || !owner || owner.closest("script, style, template, noscript, title, desc, aside.notes")) {
        continue;
      }
      const folded = owner.closest("details:not([open])");
      if (folded && !owner.closest("summary")) continue;
      if (!remember(seen, isSeen, owner) || isForEarsAlone(owner, root, forEars)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const clip = clipOf(owner, root, clips);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) lines.push({ node, owner, box, clip, block: remember(blocks, blockOf, owner) });
      }
    }
    return lines;
  };

  // ---- faults ----
  const faulty = (kind, message, element, box, text) => ({
    kind,
    message,
    text: fold(text ?? element.textContent ?? "").slice(0, 60) || name(element),
    near: wordsNear(element),
    id: idNear(element),
    box: placeOf(box ?? element.getBoundingClientRect()),
  });
  const oncePerBlock = () => {
    const seen = new Set();
    return (element) => !seen.has(element) && seen.add(element);
  };

  const findOutside = (root, lines, canvas, mayScroll) => {
    const faults = [], fresh = oncePerBlock();
    const boxes = lines.map(({ owner, node, box, clip, block }) => [owner, box, node.data, clip, block]);
    for (const picture of root.querySelectorAll(`${PICTURES}, table, pre`)) {
      if (!isSeen(picture) || picture.closest("svg svg, aside.notes") || isForEarsAlone(picture, root, new Map())) continue;
      const clip = clipOf(picture.parentElement, root, new Map());
      boxes.push([picture, picture.getBoundingClientRect(), undefined, clip, picture]);
    }
    for (const [owner, whole, text, clip, block] of boxes) {
      const box = meet(whole, clip);
      if ((clip.scrolls && mayScroll) || area(box) < 1) continue;
      const over = {
        left: canvas.left - box.left,
        top: canvas.top - box.top,
        right: box.right - canvas.right,
        bottom: box.bottom - canvas.bottom,
      };
      const [side, far] = Object.entries(over).sort(([, one], [, other]) => other - one)[0];
      if (far > TEXT_EDGE && fresh(block)) {
        faults.push(faulty("outside", `leaves the ${canvas.name} by ${Math.round(far)} px (${side})`, owner, box, text));
      }
    }
    return faults;
  };

  const findClipped = (lines, mayScroll) => {
    const faults = [], fresh = oncePerBlock();
    for (const { owner, node, box, clip, block } of lines) {
      if (clip.scrolls && mayScroll) continue;
      const edge = box.height * CORE;
      const core = { left: box.left + 1, right: box.right - 1, top: box.top + edge, bottom: box.bottom - edge };
      if (getComputedStyle(block).textOverflow === "ellipsis") continue;
      if (area(meet(core, clip)) < area(core) * 0.97 && fresh(block)) {
        faults.push(faulty("clipped", "is cut off by what it stands in", owner, box, node.data));
      }
    }
    return faults;
  };

  const findOverlaps = (lines) => {
    const faults = [], fresh = oncePerBlock();
    const isLifted = (element) => {
      for (let part = element; part; part = part.parentElement) {
        if (/fixed|sticky/.test(getComputedStyle(part).position)) return true;
      }
      return false;
    };
    const lifted = new Map();
    const shown = [];
    for (const line of lines) {
      const { owner, box, clip, block } = line;
      if (owner.closest("math, mjx-container, .katex, ruby, .sr-only")) continue;
      if (!lifted.has(block)) lifted.set(block, isLifted(block));
      if (lifted.get(block)) continue;
      // of letters that are as high as their line, the middle
      const core = meet(clip, {
        left: box.left + 1,
        right: box.right - 1,
        top: box.top + box.height * CORE,
        bottom: box.bottom - box.height * CORE,
      });
      if (area(core) > 1) shown.push({ ...line, core });
    }
    shown.sort((one, other) => one.core.top - other.core.top);
    for (let at = 0; at < shown.length; at++) {
      for (let next = at + 1; next < shown.length && shown[next].core.top < shown[at].core.bottom; next++) {
        const [one, other] = [shown[at], shown[next]];
        if (one.block === other.block) continue;
        const common = meet(one.core, other.core);
        if (common.right - common.left < 2 || common.bottom - common.top < 2) continue;
        if (fresh(other.block)) {
          const text = fold(one.node.data).slice(0, 40);
          faults.push(faulty("overlap", `stands on “${text}”`, other.owner, other.box, other.node.data));
        }
      }
    }
    return faults;
  };

  const scaleOf = (element, known) => {
    if (!element) return 1;
    if (known.has(element)) return known.get(element);
    const { transform, scale } = getComputedStyle(element);
    const matrix = transform === "none" ? null : new DOMMatrix(transform);
    const own = (matrix ? Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)) : 1);
    const all = own * (scale === "none" ? 1 : parseFloat(scale)) * scaleOf(element.parentElement, known);
    known.set(element, all);
    return all;
  };
  const sizeOf = (element, known) => {
    const size = parseFloat(getComputedStyle(element).fontSize);
    const drawn = element.closest("text");
    if (!drawn) return size * (element.currentCSSZoom ?? 1) * scaleOf(element, known);
    const { a, b, c, d } = drawn.getScreenCTM();
    return size * Math.sqrt(Math.abs(a * d - b * c));
  };
  const findSmall = (lines, least) => {
    const faults = [], fresh = oncePerBlock(), known = new Map();
    for (const { owner, node, box, block } of lines) {
      if (owner.closest("svg[aria-hidden=true], .paperdeck-card svg")) continue; // a picture of a picture
      if (owner.closest("sub, sup, msub, msup, msubsup, mfrac, munder, mover, munderover, mroot, mjx-container, .katex, rt")) {
        continue;
      }
      const size = sizeOf(owner, known);
      if (size < least - 0.05 && fresh(block)) {
        const message = `is ${size.toFixed(1)} px high as it is shown; ${least} can be read`;
        faults.push(faulty("small", message, owner, box, node.data));
      }
    }
    return faults;
  };

  const findLeavingLabels = (root) => {
    const faults = [];
    for (const svg of root.querySelectorAll("svg")) {
      const boxes = [...svg.querySelectorAll(BOXES)].filter(isSeen).map((shape) => shape.getBoundingClientRect());
      if (!boxes.length) continue;
      for (const { owner, node, box } of linesOf(svg)) {
        if (owner.closest(".actor-man, .edgeLabel, .edgeLabels")) continue;
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        const around = boxes.filter(({ left, right, top, bottom }) => left < x && x < right && top < y && y < bottom);
        if (!around.length) continue;
        const held = around.reduce((one, other) => (area(one) < area(other) ? one : other));
        const over = Math.max(held.left - box.left, box.right - held.right, held.top - box.top, box.bottom - held.bottom);
        if (over > TEXT_EDGE) {
          faults.push(faulty("label", `leaves its shape by ${Math.round(over)} px`, owner, box, node.data));
        }
      }
    }
    return faults;
  };

  const isPainted = (shape) => {
    const { fill, stroke, fillOpacity, strokeOpacity } = getComputedStyle(shape);
    return (fill !== "none" && fillOpacity !== "0") || (stroke !== "none" && strokeOpacity !== "0");
  };
  const findHiddenMarks = (root) => {
    const faults = [];
    for (const svg of root.querySelectorAll("svg:not(svg svg)")) {
      const frame = svg.getBoundingClientRect();
      if (!isSeen(svg) || getComputedStyle(svg).overflow === "visible" || area(frame) < 4) continue;
      for (const shape of svg.querySelectorAll(SHAPES)) {
        if (shape.closest("defs, marker, clipPath, symbol, mask, pattern") || !isSeen(shape) || !isPainted(shape)) continue;
        const box = shape.getBoundingClientRect();
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        if (x < frame.left - 1 || x > frame.right + 1 || y < frame.top - 1 || y > frame.bottom + 1) {
          const label = shape.querySelector("title")?.textContent ?? shape.getAttribute("aria-label") ?? "";
          faults.push(faulty("hidden_mark", "lies out of sight, beyond the edge of its picture", shape, frame, label));
        }
      }
    }
    return faults;
  };

  const findUndrawn = (root, lines) => {
    const faults = [];
    for (const part of root.querySelectorAll(UNDRAWN)) {
      if (isSeen(part) && !part.querySelector("svg")) faults.push(faulty("undrawn", "was not drawn", part));
    }
    for (const image of root.querySelectorAll("img[src]")) {
      if (image.complete && !image.naturalWidth && isSeen(image)) {
        const address = image.getAttribute("src");
        faults.push({ ...faulty("undrawn", "is a picture that cannot be shown", image, undefined, address), address });
      }
    }
    const fresh = oncePerBlock();
    for (const { owner, node, box, block } of lines) {
      const isCode = owner.closest("code, pre, kbd, samp, math, mjx-container, .katex, .mermaid, merror");
      if (!isCode && RAW_TEX.test(block.textContent) && RAW_TEX.test(node.data) && fresh(block)) {
        faults.push(faulty("undrawn", "is TeX that was not set", owner, box, node.data));
      }
    }
    return faults;
  };

  const findNameless = (root) => {
    const faults = [];
    const named = (part) =>
      part.getAttribute("aria-label")?.trim() || part.getAttribute("aria-labelledby") || part.getAttribute("title");
    for (const part of root.querySelectorAll("img, svg, video, canvas, iframe, object")) {
      if (part.closest("[aria-hidden=true], [role=presentation], [role=none], svg svg") || !isSeen(part)) continue;
      if (part.closest("aside.notes, a, button, label, summary, [role=button]") && part.localName === "svg") continue;
      const has = part.localName === "img" ? part.hasAttribute("alt")
        : named(part) || (part.localName === "svg" && part.querySelector(":scope > title"));
      if (!has && !named(part)) {
        const text = part.getAttribute("src")?.slice(-60);
        faults.push(faulty("no_alt", "has no words for who does not see it", part, undefined, text));
      }
    }
    return faults;
  };

  // ---- contrast ----
  const parts = (colour) => {
    const numbers = colour.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [0, 0, 0, 0];
    if (colour.startsWith("color(srgb")) return [...numbers.slice(0, 3).map((part) => part * 255), numbers[3] ?? 1];
    return colour.startsWith("rgb") ? [...numbers.slice(0, 3), numbers[3] ?? 1] : null;
  };
  const lay = (over, under) => {
    const alpha = over[3];
    return [...[0, 1, 2].map((at) => over[at] * alpha + under[at] * (1 - alpha)), 1];
  };
  const light = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  /* The colour of what is drawn before a text, where its middle stands, on a ground. */
  const drawnUnder = (text, x, y, ground, opacities) => {
    const svg = text.closest("svg");
    let under = ground;
    for (const shape of svg.querySelectorAll("rect, path, circle, ellipse, polygon")) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      if (shape.closest("defs, marker, clipPath, symbol, mask") || !isSeen(shape)) continue;
      const { left, right, top, bottom } = shape.getBoundingClientRect();
      if (x < left || right < x || y < top || bottom < y) continue;
      const { fill, fillOpacity } = getComputedStyle(shape);
      const colour = fill === "none" ? null : parts(fill);
      const alpha = colour && colour[3] * parseFloat(fillOpacity) * opacityOf(shape, svg, opacities);
      if (alpha && (alpha === 1 || under)) under = lay([...colour.slice(0, 3), alpha], under ?? colour);
    }
    return under;
  };
  /* The colour that an element stands on, or null where it cannot be told: a picture, a gradient, a film. */
  const groundOf = (element, known) => {
    if (!known.has(element)) known.set(element, findGround(element, known));
    return known.get(element);
  };
  const findGround = (element, known) => {
    if (!element) {
      const isDark = getComputedStyle(document.documentElement).colorScheme.startsWith("dark");
      return isDark ? [18, 18, 18, 1] : [255, 255, 255, 1];
    }
    const { backgroundColor, backgroundImage, maskImage } = getComputedStyle(element);
    const isSign = maskImage && maskImage !== "none"; // its ground is what is drawn
    if (!isSign && backgroundImage !== "none") return null;
    const colour = parts(backgroundColor);
    if (!colour) return null;
    if (!isSign && colour[3] === 1) return colour;
    const behind = element.matches(".reveal .slides section") ? behindSlide(element) : undefined;
    const under = behind === undefined ? groundOf(element.parentElement, known) : behind;
    return under && !isSign ? lay(colour, under) : under;
  };
  /* The ground that reveal.js lays behind a slide: a colour, null where it cannot be told, undefined where there is none. */
  const behindSlide = (slide) => {
    const { slideBackgroundElement: ground, slideBackgroundContentElement: content } = slide;
    if (!ground || !content) return undefined;
    const { backgroundImage } = getComputedStyle(content);
    if (backgroundImage !== "none" || content.querySelector("video, iframe, img")) return null;
    const colour = parts(getComputedStyle(ground).backgroundColor);
    return !colour ? null : colour[3] === 1 ? colour : undefined;
  };
  const opacityOf = (element, root, known) => {
    if (!element || element === root) return 1;
    if (!known.has(element)) {
      known.set(element, parseFloat(getComputedStyle(element).opacity) * opacityOf(element.parentElement, root, known));
    }
    return known.get(element);
  };
  /* What a step dims, so that the eye goes to the rest: it is there to be seen again, not to be read now. */
  const DIMMED = ".fragment.dim.current-fragment, tbody:has(> .only.current-fragment) > tr:not(.current-fragment)";
  const findFaint = (root, lines) => {
    const faults = [], fresh = oncePerBlock(), grounds = new Map(), opacities = new Map(), scales = new Map();
    for (const { owner, node, box, block } of lines) {
      if (owner.closest(`[aria-hidden=true], [disabled], [aria-disabled=true], ${DIMMED}`)) continue;
      const drawn = owner.closest("svg") && !owner.closest("foreignObject");
      const style = getComputedStyle(owner);
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      let ink = parts(drawn ? style.fill : style.color), ground;
      if (drawn && style.paintOrder.startsWith("stroke") && style.stroke !== "none") ground = parts(style.stroke);
      else {
        ground = groundOf(owner, grounds);
        if (drawn) ground = drawnUnder(owner, x, y, ground, opacities);
      }
      if (!ink || !ground || style.backgroundClip === "text") continue;
      ink = [...ink.slice(0, 3), ink[3] * opacityOf(owner, root, opacities)];
      const [low, high] = [light(lay(ink, ground)), light(ground)].sort((one, other) => one - other);
      const contrast = (high + 0.05) / (low + 0.05);
      const size = sizeOf(owner, scales);
      const least = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700) ? 3 : 4.5;
      if (contrast < least - 0.01 && fresh(block)) {
        const message = `has a contrast of ${contrast.toFixed(1)} to what it stands on; ${least} can be read`;
        faults.push(faulty("contrast", message, owner, box, node.data));
      }
    }
    return faults;
  };

  const findEmptyStart = (slide, lines) => {
    const faults = [];
    for (const picture of slide.querySelectorAll("svg:not(svg svg), table")) {
      if (picture.closest(".fragment, a, button, aside.notes, .visually-hidden") || !isSeen(picture)) continue;
      const all = picture.querySelectorAll("text, td, th, " + SHAPES);
      const shown = [...all].filter((part) => isSeen(part) && area(part.getBoundingClientRect()) > 0);
      const later = [...all].some((part) => part.closest(".fragment"));
      if (later && !shown.length) {
        faults.push(faulty("empty_start", "shows nothing before the first click", picture, undefined, name(picture)));
      }
    }
    const isBare = !lines.length && ![...slide.querySelectorAll(PICTURES)].some(isSeen);
    const isGround = [...slide.attributes].some(({ name: key }) => key.startsWith("data-background"));
    if (isBare && !isGround && slide.querySelector(".fragment")) {
      faults.push(faulty("empty_start", "shows nothing before the first click", slide, undefined, "the slide"));
    }
    return faults;
  };

  const AXE_LEFT_OUT = ["color-contrast", "image-alt", "svg-img-alt", "region", "bypass", "landmark-one-main"];
  /* What axe finds, with the rules that look at what is looked at here already left out. */
  const askAxe = async (root, isDeck, { tags, rules }) => {
    const off = AXE_LEFT_OUT.slice(0, isDeck ? undefined : 3);
    // what is in a frame is a page of its own; axe would ask for it by the origin of this one, which a file has not
    const options = { resultTypes: ["violations"], preload: false, iframes: false, rules: {} };
    if (rules) options.runOnly = rules;
    else if (tags) options.runOnly = tags;
    if (!rules) for (const rule of off) options.rules[rule] = { enabled: false };
    const { violations } = await window.axe.run(root, options);
    return violations.flatMap(({ id, help, nodes }) => {
      const found = nodes.map(({ target }) => document.querySelector(String(target.at(-1))) ?? document.body);
      // a formula is the name of its column; axe does not see MathML
      const isNamed = (cell) => id === "empty-table-header" && cell.querySelector("math")?.textContent.trim();
      return found.filter((element) => !isNamed(element)).map((element) => {
        const fault = faulty("axe", `${help} (${id})`, element), slide = isDeck && element.closest("section");
        return slide ? { ...fault, slide: nameOf(slide) } : fault;
      });
    });
  };
  const doesScroll = (part) => {
    const { overflowX, overflowY } = getComputedStyle(part);
    return (part.scrollWidth > part.clientWidth && ["auto", "scroll"].includes(overflowX)) ||
      (part.scrollHeight > part.clientHeight && ["auto", "scroll"].includes(overflowY));
  };

  const lookAt = (root, canvas, { least, mayScroll, only }) => {
    const lines = linesOf(root);
    const wants = (kind) => !only || only.includes(kind);
    return [
      ...(wants("shape") ? [
        ...(canvas ? findOutside(root, lines, canvas, mayScroll) : []),
        ...findClipped(lines, mayScroll),
        ...findOverlaps(lines),
        ...findLeavingLabels(root),
        ...findHiddenMarks(root),
        ...findUndrawn(root, lines),
        ...findNameless(root),
        ...(least ? findSmall(lines, least) : []),
      ] : []),
      ...(wants("contrast") ? findFaint(root, lines) : []),
    ];
  };

  const settle = async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].filter((image) => isSeen(image) && image.loading !== "lazy" && image.src)
      .map((image) => image.decode().catch(() => {})));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  };

  // ---- what `check` asks for ----
  const stop = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { transition: none !important; animation-duration: 0s !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const leaves = () => window.Reveal.getSlides();
  const isColumn = () => (window.Reveal.getConfig().scrollActivationWidth ?? 0) >= innerWidth;
  /* As the address of the deck has it: its id, or its place. */
  const nameOf = (slide) => {
    const { h, v } = window.Reveal.getIndices(slide);
    return slide.id || `${h}/${v}`;
  };

  /* What makes the page wider than its window: the innermost of what ends beyond it. */
  const findSideways = () => {
    const { clientWidth: width, scrollWidth } = document.documentElement;
    if (scrollWidth <= width) return [];
    const clips = new Map();
    const wide = [...document.body.querySelectorAll("*")].filter((part) => {
      const right = Math.min(part.getBoundingClientRect().right, clipOf(part.parentElement, document.body, clips).right);
      return right > width + TEXT_EDGE && isSeen(part);
    });
    const part = wide.find((outer) => !wide.some((inner) => inner !== outer && outer.contains(inner))) ?? document.body;
    return [faulty("outside", `makes the page ${Math.round(scrollWidth - width)} px wider than its window`, part)];
  };

  /* The faults of the whole page as it stands. */
  const page = async (options) => {
    await settle();
    const faults = lookAt(document.body, null, { mayScroll: true, ...options });
    if (!options.only) {
      const closed = [...document.querySelectorAll("details:not([open])")];
      for (const part of closed) part.open = true; // what is folded away is not to widen the page either
      faults.push(...findSideways());
      for (const part of closed) part.open = false;
    }
    if (options.axe) faults.push(...await askAxe(document, false, options));
    return faults;
  };

  /* What moves after the page is there: in its first frames, and until it has nothing to do. */
  const moved = async () => {
    await settle();
    for (let frame = 0; frame < 12; frame++) await new Promise(requestAnimationFrame);
    await new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
    const sum = shifts.reduce((all, { value }) => all + value, 0);
    if (sum < 0.1) return [];
    const node = shifts.flatMap(({ nodes }) => nodes).find((part) => part?.isConnected);
    const element = node?.nodeType === 1 ? node : node?.parentElement ?? document.body;
    return [faulty("shift", `moves while the page loads (${sum.toFixed(2)})`, element)];
  };

  /* How high the text of a slide is, with what stands at its foot; null where pictures take what is left. */
  const measure = (slide) => {
    const content = slide.querySelector(".paperdeck-content");
    if (!content || !slide.querySelector("h2") || content.querySelector(`${PICTURES}, audio`)) return null;
    const inner = content.querySelector(":scope > .paperdeck-text") ?? content, { top } = inner.getBoundingClientRect();
    const notes = inner.querySelector(":scope > .footnote-list");
    const blocks = [...inner.querySelectorAll("*")].filter((part) => getComputedStyle(part).display !== "inline" && !notes?.contains(part));
    const boxes = blocks.map((part) => part.getBoundingClientRect()).filter(({ height }) => height);
    return Math.max(top, ...boxes.map(({ bottom }) => bottom)) - top + (notes?.getBoundingClientRect().height ?? 0);
  };

  /* The faults of every slide of a deck, in its first and its last state. */
  const slides = async ({ least, axe, states, measures, only, dark }) => {
    const { Reveal } = window, root = document.documentElement;
    if (root.dataset.theme) root.dataset.theme = dark ? "dark" : "light";
    Reveal.configure({ transition: "none", backgroundTransition: "none", autoAnimate: false, autoSlide: 0 });
    Reveal.layout();
    await settle();
    const faults = [], heights = {};
    for (const slide of leaves()) {
      const { h, v } = Reveal.getIndices(slide);
      for (const state of states) {
        Reveal.slide(h, v, state === "first" ? -1 : 999);
        if (measures) await settle(); // pictures that are loaded when they are needed
        const { width, height } = Reveal.getConfig();
        const frame = document.querySelector(".reveal .slides").getBoundingClientRect();
        const canvas = { left: frame.left, top: frame.top, right: frame.right, bottom: frame.bottom, name: "slide" };
        const found = lookAt(slide, canvas, { least, mayScroll: false, only });
        if (state === "first" && states.length > 1) found.push(...findEmptyStart(slide, linesOf(slide)));
        // on paper, where axe looks at all slides at once, nothing scrolls
        if (state === "last" && axe && [...slide.querySelectorAll("*")].some(doesScroll)) {
          found.push(...await askAxe(slide, true, { rules: ["scrollable-region-focusable"] }));
        }
        if (state === "last" && measures && width === 1280 && height === 720) heights[slide.id] = measure(slide);
        faults.push(...found.map((fault) => ({ ...fault, slide: nameOf(slide), at: [h, v, state === "first" ? -1 : 999] })));
      }
    }
    return { faults, heights, count: leaves().length };
  };

  /* The faults of slides that are shown one below the other: on a phone, or on paper. */
  const column = async ({ least, frames, mayScroll, axe, tags }) => {
    await settle();
    const all = [...document.querySelectorAll(".reveal .slides section")].filter((slide) => !slide.querySelector("section"));
    const faults = all.flatMap((slide) => {
      const frame = (slide.closest(frames) ?? slide).getBoundingClientRect();
      const { clientWidth } = document.documentElement;
      const canvas = mayScroll ? { left: 0, top: -1e9, right: clientWidth, bottom: 1e9, name: "screen" }
        : { left: frame.left, top: frame.top, right: frame.right, bottom: frame.bottom, name: "sheet" };
      return lookAt(slide, canvas, { least, mayScroll, only: ["shape"] }).map((fault) => ({ ...fault, slide: nameOf(slide) }));
    });
    if (axe) {
      // reveal.js leaves all but the first hidden from who listens, on paper too
      for (const slide of document.querySelectorAll(".slides section")) {
        slide.removeAttribute("aria-hidden");
        slide.hidden = false;
      }
      faults.push(...await askAxe({ include: [[".reveal .slides"]] }, true, { tags }));
    }
    return faults;
  };

  /* Put a frame around what is wrong. */
  const point = async ({ box: [left, top, right, bottom], at }) => {
    if (at) {
      window.Reveal.configure({ transition: "none", autoAnimate: false });
      window.Reveal.slide(...at);
    }
    await settle();
    const frame = document.documentElement.appendChild(document.createElement("div"));
    frame.style.cssText = `all: initial; position: absolute; z-index: 2147483647; outline: 4px solid #e5007d;
      outline-offset: 2px; pointer-events: none; left: ${left}px; top: ${top}px; width: ${right - left}px; height: ${bottom - top}px`;
    scrollTo(0, Math.max(0, (top + bottom - innerHeight) / 2));
  };

  window.paperdeckCheck = { point, stop, isColumn, page, slides, column, moved };
})();
