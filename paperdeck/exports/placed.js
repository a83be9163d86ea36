/* Tells what stands on the slides of a deck that is laid out for paper, and where: what PowerPoint has as well by its
   words and numbers, all else marked to be photographed. Lengths are px of a slide. */
globalThis.paperdeckPlaced = (() => {
  "use strict";
  const MARK = "data-paperdeck-picture"; // what is to be photographed
  const SKIPPED = "aside.notes, .chart-values, script, style, template, .headerlink";
  const PICTURES = "img, video, iframe, canvas, audio, object, embed, math, svg";
  const ICON = "svg[aria-hidden=true]";
  const SIDES = ["Top", "Right", "Bottom", "Left"];
  const FAR = 80; // below a text, px: what stands there is another
  const fold = (text) => text.replace(/\s+/g, " ");
  const px = (length) => parseFloat(length) || 0;
  let count = 0;

  // a colour as six digits, and how much is seen of it
  const readColour = (colour) => {
    const srgb = colour.startsWith("color(");
    const [red, green, blue, alpha = 1] = (colour.match(/[\d.]+(e-?\d+)?/g) ?? [0, 0, 0, 0]).map(Number);
    const digits = [red, green, blue].map((part) => Math.round(srgb ? part * 255 : part).toString(16).padStart(2, "0"));
    return { hex: digits.join("").toUpperCase(), alpha };
  };
  const seen = (colour) => (readColour(colour).alpha > 0.02 ? readColour(colour).hex : "");

  const walkSlide = (page, slide) => {
    const origin = page.getBoundingClientRect();
    const items = [];
    let words = null; // the text that goes on
    let waiting = null; // the bullet of the next block

    const place = (rect) => ({ x: rect.left - origin.left, y: rect.top - origin.top, width: rect.width, height: rect.height });
    const add = (kind, rect, told) => {
      words = null;
      items.push({ kind, box: place(rect), ...told });
    };
    const isShown = (element) => getComputedStyle(element).display === "contents" || element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isInline = (element) => {
      const { display } = getComputedStyle(element);
      if (display === "contents") return [...element.children].every(isInline);
      return display.startsWith("inline") && !/-(block|flex|grid)/.test(display) && !element.matches(PICTURES);
    };

    // words as they are read, each with its look
    const readRuns = (block) => {
      const runs = [];
      const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        if (node.nodeType === Node.ELEMENT_NODE) {
          if (node.matches("br")) runs.push({ text: "\n" });
          continue;
        }
        const parent = node.parentElement;
        if (parent.closest(SKIPPED) || parent.closest("svg, annotation") || !isShown(parent)) continue;
        const style = getComputedStyle(parent);
        const keeps = style.whiteSpaceCollapse === "preserve" || style.whiteSpace.startsWith("pre");
        const text = keeps ? node.data : fold(node.data);
        if (!text) continue;
        const level = parent.closest("sub") ? "sub" : parent.closest("sup, .footnote-reference") ? "sup" : levelInMath(parent);
        const whole = level && !parent.closest("math") ? getComputedStyle(parent.closest("sub, sup, .footnote-reference").parentElement) : style;
        const look = {
          text: parent.closest("math") ? spaceOperator(parent, text) : text,
          bold: Number(style.fontWeight) >= 600,
          italic: style.fontStyle === "italic" || (parent.matches("mi") && [...text].length === 1 && parent.getAttribute("mathvariant") !== "normal"),
          mono: /mono/i.test(style.fontFamily.split(",")[0]),
          size: level && parent.closest("math") ? px(getComputedStyle(parent.closest("math")).fontSize) : px(whole.fontSize),
          colour: readColour(style.color).hex,
          level,
          address: parent.closest("a[href]")?.getAttribute("href") ?? "",
          spacing: px(style.letterSpacing),
        };
        const lines = keeps ? text.split("\n") : [text];
        lines.forEach((line, at) => runs.push(...(at ? [{ text: "\n" }] : []), { ...look, text: keeps ? line : look.text }));
      }
      return trim(runs);
    };

    // no space at the ends of a line, nor two in a row
    const trim = (runs) => {
      const kept = [];
      for (const run of runs) {
        const last = kept.at(-1);
        if (run.text.startsWith(" ") && !run.mono && (!last || /[ \n]$/.test(last.text))) run.text = run.text.slice(1);
        if (run.text) kept.push(run);
      }
      while (kept.length && /^\s*$/.test(kept.at(-1).text)) kept.pop();
      if (kept.length) kept.at(-1).text = kept.at(-1).text.trimEnd();
      return kept;
    };

    const addBlock = (block, start = 0) => {
      const runs = readRuns(block);
      const told = waiting;
      waiting = null;
      if (!runs.length) return;
      const style = getComputedStyle(block);
      const whole = block.getBoundingClientRect();
      const rect = new DOMRect(whole.left + start, whole.top, whole.width - start, whole.height);
      const left = rect.left + px(style.paddingLeft) + px(style.borderLeftWidth);
      const right = rect.right - px(style.paddingRight) - px(style.borderRightWidth);
      const top = rect.top + px(style.paddingTop) + px(style.borderTopWidth);
      const bottom = rect.bottom - px(style.paddingBottom) - px(style.borderBottomWidth);
      const rtl = style.direction === "rtl";
      const hang = told?.hang ?? 0;
      const goesOn = words && top >= words.bottom - 2 && top <= words.bottom + FAR && left - hang >= words.left - 2 && right <= words.right + 2;
      if (!goesOn) {
        const box = { left: left - (rtl ? 0 : hang), right: right + (rtl ? hang : 0), top, bottom };
        add(block.closest("footer") ? "aside" : "text", new DOMRect(box.left, top, box.right - box.left, bottom - top), { paragraphs: [], wraps: style.whiteSpace !== "nowrap" });
        words = { ...box, item: items.at(-1) };
      }
      words.item.paragraphs.push({
        runs,
        bullet: told?.bullet ?? "",
        hang,
        indent: Math.max(0, rtl ? words.right - right : left - words.left),
        level: Math.max(0, (block.closest("li") ? depth(block) : 1) - 1),
        line: px(style.lineHeight) || px(style.fontSize) * 1.2,
        before: goesOn ? Math.max(0, top - words.bottom) : 0,
        align: alignOf(style),
        rtl,
        colour: told?.colour ?? "",
      });
      words.bottom = bottom;
      words.item.box.height = bottom - origin.top - words.item.box.y;
    };

    const depth = (element) => {
      let lists = 0;
      for (let above = element.closest("ul, ol"); above && slide.contains(above); above = above.parentElement.closest("ul, ol")) lists += 1;
      return lists;
    };

    const alignOf = (style) => {
      const end = style.direction === "rtl" ? "left" : "right";
      return { center: "center", right: "right", left: "left", end, start: style.direction === "rtl" ? "right" : "left" }[style.textAlign] ?? "left";
    };

    // a dash, or a number
    const readBullet = (item) => {
      const mark = getComputedStyle(item, "::before");
      if (mark.content === "none") return null;
      const isNumbered = item.parentElement.matches("ol");
      const style = getComputedStyle(item);
      return {
        bullet: isNumbered ? "number" : "dash",
        hang: px(style.paddingInlineStart),
        colour: readColour(isNumbered ? mark.color : mark.backgroundColor).hex,
      };
    };

    const addPanel = (element, style) => {
      const fill = seen(style.backgroundColor);
      const rules = SIDES.filter((side) => px(style[`border${side}Width`]) && seen(style[`border${side}Color`]) && style[`border${side}Style`] !== "none");
      const rect = element.getBoundingClientRect();
      if (fill) add("panel", rect, { fill, radius: px(style.borderTopLeftRadius) });
      for (const side of rules) {
        const wide = px(style[`border${side}Width`]);
        const across = side === "Top" || side === "Bottom";
        const x = side === "Right" ? rect.right - wide : rect.left;
        const y = side === "Bottom" ? rect.bottom - wide : rect.top;
        add("panel", new DOMRect(x, y, across ? rect.width : wide, across ? wide : rect.height), { fill: seen(style[`border${side}Color`]), radius: 0 });
      }
    };

    const addPicture = (element, said) => {
      const rect = element.getBoundingClientRect();
      element.setAttribute(MARK, (count += 1));
      const inner = element.matches("svg") ? element : null;
      add("picture", rect, { mark: String(count), words: said ?? describe(element), svg: inner ? standAlone(inner) : "" });
    };

    const describe = (element) => {
      const named = element.getAttribute("alt") ?? element.getAttribute("aria-label");
      if (named !== null) return fold(named).trim();
      const parts = [...element.querySelectorAll(":scope > title, :scope > desc")].map((part) => part.textContent);
      return fold(parts.join(" ") || (element.matches("svg") ? "" : element.textContent)).trim();
    };

    const addChart = (figure, svg) => {
      const native = figure.querySelector(":scope > .chart-values[data-native]")?.dataset.native;
      if (!native) return addPicture(svg);
      const scale = svg.getBoundingClientRect().width / (svg.viewBox.baseVal.width || svg.getBoundingClientRect().width);
      return add("chart", svg.getBoundingClientRect(), { native, words: describe(svg), size: px(getComputedStyle(svg).fontSize) * Math.min(scale, 1) });
    };

    const addTable = (table) => {
      const cells = [...table.querySelectorAll("th, td")].filter((cell) => cell.getBoundingClientRect().width);
      const lines = [...table.querySelectorAll("tr")].filter((line) => line.getBoundingClientRect().height);
      const round = (number) => Math.round(number);
      const edges = [...new Set(cells.map((cell) => round(cell.getBoundingClientRect().left)))].sort((one, other) => one - other);
      const end = round(Math.max(...cells.map((cell) => cell.getBoundingClientRect().right)));
      const tops = lines.map((line) => line.getBoundingClientRect());
      const told = cells.map((cell) => {
        const style = getComputedStyle(cell);
        const rect = cell.getBoundingClientRect();
        const ground = seen(style.backgroundColor) || seen(getComputedStyle(cell.parentElement).backgroundColor);
        const column = edges.indexOf(round(rect.left));
        return {
          row: lines.indexOf(cell.parentElement),
          column,
          rows: cell.rowSpan,
          columns: Math.max(1, edges.filter((edge) => edge >= round(rect.left) && edge < round(rect.right) - 1).length),
          runs: readRuns(cell),
          align: alignOf(style),
          fill: ground,
          rule: px(style.borderBottomWidth) ? seen(style.borderBottomColor) : "",
          thick: px(style.borderBottomWidth),
          before: px(style.paddingLeft),
          after: px(style.paddingRight),
          line: px(style.lineHeight) || px(style.fontSize) * 1.2,
        };
      });
      const head = Boolean(table.querySelector("thead"));
      const whole = new DOMRect(edges[0], tops[0].top, end - edges[0], tops.at(-1).bottom - tops[0].top);
      add("table", whole, {
        widths: edges.map((edge, at) => (edges[at + 1] ?? end) - edge),
        heights: tops.map((rect) => rect.height),
        cells: told,
        head,
      });
      const caption = table.querySelector("caption");
      if (caption) addBlock(caption);
    };

    const hasBox = (style) => seen(style.backgroundColor) || SIDES.some((side) => px(style[`border${side}Width`]) && style[`border${side}Style`] !== "none" && seen(style[`border${side}Color`]));

    const walk = (element) => {
      if (element.matches(SKIPPED) || !isShown(element)) return;
      const style = getComputedStyle(element);
      const rect = element.getBoundingClientRect();
      if (style.display !== "contents" && (rect.width < 2 || rect.height < 2)) return;
      if (element.matches("h1, h2") && !items.some((item) => item.kind === "title")) {
        if (hasBox(style)) addPanel(element, style);
        words = null;
        addBlock(element);
        if (items.at(-1)?.kind === "text") items.at(-1).kind = "title";
        words = null;
        return;
      }
      if (element.matches("li")) waiting = readBullet(element);
      if (element.matches("svg") && element.parentElement.matches(".chart")) return void addChart(element.parentElement, element);
      if (element.matches(PICTURES)) return void addPicture(element);
      if (element.matches("table")) return void (element.querySelector(`td :is(${PICTURES}, pre), th :is(${PICTURES}, pre)`) ? addPicture(element) : addTable(element));
      if (style.display !== "contents" && !isInline(element) && hasBox(style)) addPanel(element, style);
      if (element.matches("pre")) {
        for (const line of element.querySelectorAll(".hll")) addPanel(line, getComputedStyle(line));
        words = null;
        return void addBlock(element);
      }
      const parts = [...element.childNodes].filter((part) => (part.nodeType === Node.TEXT_NODE ? part.data.trim() : part.nodeType === Node.ELEMENT_NODE && !part.matches(SKIPPED)));
      const isText = (part) => part.nodeType === Node.TEXT_NODE || isInline(part) || part.matches("br, wbr") || isPlainMath(part);
      if (parts.length && parts.every(isText)) {
        if (!element.querySelector("math") || [...element.querySelectorAll("math")].every(isPlainMath)) return void addBlock(element);
      }
      if (parts.some(isText) && (parts.some((part) => part.nodeType === Node.TEXT_NODE) || parts.every((part) => isText(part) || part.matches(PICTURES)))) return void addMixed(element, parts, isText);
      for (const part of parts) walk(part);
      return undefined;
    };

    // words and something else in one line: with formulas or pictures they are a picture, blocks among them stand alone
    const addMixed = (element, parts, isText) => {
      const isBlock = (part) => !isText(part) && !part.matches(PICTURES);
      if (!parts.some(isBlock)) return void addLine(element, parts);
      let line = null;
      for (const part of parts) {
        if (isBlock(part)) {
          if (line) walk(line);
          line = null;
          walk(part);
          continue;
        }
        if (!line) {
          line = document.createElement("span");
          line.style.display = "block";
          part.before(line);
        }
        line.append(part);
      }
      if (line) walk(line);
      return undefined;
    };

    // an icon before words is a picture beside them
    const addLine = (element, parts) => {
      if (parts.length > 1 && parts[0].nodeType === Node.ELEMENT_NODE && parts[0].matches(ICON) && !parts.slice(1).some((part) => part.nodeType === Node.ELEMENT_NODE && part.matches(PICTURES))) {
        const range = document.createRange();
        range.setStartBefore(parts[1]);
        range.setEndAfter(parts.at(-1));
        addPicture(parts[0]);
        return void addBlock(element, range.getBoundingClientRect().left - element.getBoundingClientRect().left);
      }
      const item = element.parentElement;
      const isItem = waiting && item.matches("li") && item.children.length === 1; // its bullet is in the picture too
      waiting = null;
      return void addPicture(isItem ? item : element, fold(element.textContent).trim());
    };

    const addOwn = (which) => {
      const style = getComputedStyle(slide, which);
      if (style.content === "none" || style.position !== "absolute") return;
      const rect = new DOMRect(origin.left + px(style.left), origin.top + px(style.top), px(style.width), px(style.height));
      const text = style.content.replace(/^"|"$/g, "");
      if (!text && seen(style.backgroundColor)) add("panel", rect, { fill: seen(style.backgroundColor), radius: 0 });
      if (text) {
        const run = { text, bold: Number(style.fontWeight) >= 600, size: px(style.fontSize), colour: readColour(style.color).hex };
        add("aside", rect, { paragraphs: [{ runs: [run], line: px(style.lineHeight), align: "right" }], wraps: false });
      }
    };

    const style = getComputedStyle(slide);
    const behind = page.querySelector(".slide-background");
    const content = behind?.querySelector(".slide-background-content");
    let mark = "";
    if (content && (getComputedStyle(content).backgroundImage !== "none" || content.querySelector("video, iframe, img"))) {
      behind.setAttribute(MARK, (count += 1));
      mark = String(count);
    }
    const colour = seen(style.backgroundColor) || (behind && (seen(getComputedStyle(behind).backgroundColor) || seen(getComputedStyle(content).backgroundColor)));
    addOwn("::before");
    for (const part of slide.children) walk(part);
    addOwn("::after");
    return { id: slide.id, ground: colour || "", mark, items };
  };

  // letters and figures with what stands below and above them, which text has as well
  const PLAIN = "math, mrow, mi, mn, mo, mtext, msub, msup, msubsup, mstyle, semantics, mspace, mpadded";
  const isPlainMath = (part) => part.nodeType === Node.ELEMENT_NODE && part.matches("math") && part.getAttribute("display") !== "block" && [...part.querySelectorAll("*")].every((inner) => inner.matches(PLAIN) && !inner.parentElement.closest("msub msub, msup msup, msub msup, msup msub"));

  const levelInMath = (element) => {
    for (let inner = element; inner && !inner.matches("math"); inner = inner.parentElement) {
      const above = inner.parentElement;
      if (!above) return "";
      const place = [...above.children].indexOf(inner);
      if (above.matches("msub") && place) return "sub";
      if (above.matches("msup") && place) return "sup";
      if (above.matches("msubsup") && place) return place === 1 ? "sub" : "sup";
    }
    return "";
  };

  const spaceOperator = (parent, text) => (parent.matches("mo") && /^[=<>≤≥≈+−·×∈→]$/.test(text.trim()) && !levelInMath(parent) ? ` ${text.trim()} ` : text.trim());

  const LOOK = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "font-style", "letter-spacing", "text-anchor", "dominant-baseline", "paint-order", "transform", "rx", "r"];

  // a drawing with its look in it, without what is not seen
  const standAlone = (svg) => {
    const copy = svg.cloneNode(true);
    const originals = [svg, ...svg.querySelectorAll("*")];
    const copies = [copy, ...copy.querySelectorAll("*")];
    const hidden = [];
    originals.forEach((original, place) => {
      const made = copies[place];
      const style = getComputedStyle(original);
      for (const name of ["class", "style", "data-fragment-index"]) made.removeAttribute(name);
      if (original.closest("defs, marker, clipPath, title, desc") === null && (style.display === "none" || style.visibility === "hidden")) hidden.push(made);
      if (original.closest("title, desc, defs > :not(marker)")) return;
      for (const name of LOOK) {
        const value = style.getPropertyValue(name);
        const isOwn = name === "transform" ? value !== "none" && original.hasAttribute("transform") === false : true;
        if (name === "r" && !original.matches("circle")) continue;
        if (name === "rx" && (!original.matches("rect") || value === "auto")) continue;
        if (["font-family", "font-size", "font-weight", "font-style", "letter-spacing", "text-anchor", "dominant-baseline"].includes(name) && !original.matches("text, tspan")) continue;
        if (value && value !== "auto" && value !== "normal" && isOwn && original !== svg) made.setAttribute(name, /^(fill|stroke)$/.test(name) && value.startsWith("rgb") ? `#${readColour(value).hex}` : value.replace(/"/g, "'"));
      }
      // another face is set as wide
      if (original.matches("text, tspan") && !original.children.length && original.textContent.trim()) {
        made.setAttribute("textLength", original.getComputedTextLength().toFixed(2));
        made.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
      if (readColour(style.fill).alpha === 0 && style.fill.startsWith("rgba")) made.setAttribute("fill", "none");
    });
    for (const part of hidden) part.remove();
    const rect = svg.getBoundingClientRect();
    const box = svg.viewBox.baseVal;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", rect.width);
    copy.setAttribute("height", rect.height);
    if (!box || !box.width) copy.setAttribute("viewBox", `0 0 ${rect.width} ${rect.height}`);
    return new XMLSerializer().serializeToString(copy);
  };

  const read = () => [...document.querySelectorAll(".pdf-page")].map((page) => walkSlide(page, page.querySelector("section[data-layout]") ?? page));

  // the tokens and faces of the deck
  const readLook = (names) => {
    const probe = document.createElement("span");
    document.querySelector(".reveal").append(probe);
    const colours = Object.fromEntries(
      names.map((name) => {
        probe.style.color = `var(--pd-${name})`;
        return [name, readColour(getComputedStyle(probe).color).hex];
      }),
    );
    const style = getComputedStyle(document.documentElement);
    const face = (name) => style.getPropertyValue(name).split(",")[0].replace(/["']/g, "").trim();
    probe.remove();
    return { colours, sans: face("--pd-sans"), mono: face("--pd-mono") };
  };

  // what is photographed stands alone, on nothing
  const isolate = (mark) => {
    document.querySelector(".paperdeck-alone")?.classList.remove("paperdeck-alone");
    document.querySelector(`[${MARK}="${mark}"]`)?.classList.add("paperdeck-alone");
    return document.querySelector(".paperdeck-alone")?.getBoundingClientRect().width ?? 0;
  };

  return { read, readLook, isolate };
})();
