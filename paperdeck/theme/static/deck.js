/* Starts reveal.js with the configuration that the page carries, and adds what a talk wants: the way to the article,
   a pointer, the reader's colour scheme, a search, the look of the speaker's view, an embedded deck without its chrome. */
(() => {
  "use strict";
  const here = document.currentScript.src;
  const root = document.documentElement;
  const reveal = document.querySelector(".reveal");
  const config = JSON.parse(reveal.dataset.config);
  config.plugins = reveal.dataset.plugins.split(" ").map((name) => window[name]).filter(Boolean);
  const query = new URLSearchParams(location.search);
  const isPreview = query.has("receiver"); // a slide within the speaker's view

  if (query.has("embed")) {
    root.classList.add("paperdeck-embed");
    Object.assign(config, { embedded: true, controls: false, progress: false, scrollActivationWidth: null });
  }

  // storage throws where the browser keeps none for files
  const stored = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key);
      localStorage.setItem(key, value);
    } catch {
      /* the choice lasts as long as the page */
    }
    return value ?? null;
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme === "auto" ? dark.matches : root.dataset.theme === "dark");
  const chosen = stored("paperdeck-theme");
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  const switchTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    stored("paperdeck-theme", root.dataset.theme);
  };

  // this class keeps reveal's paper sheet away; ours prints one slide a page, ?print-pdf or not
  const paper = root.classList;
  addEventListener("beforeprint", () => paper.add("print-pdf"));
  addEventListener("afterprint", () => paper.toggle("print-pdf", paper.contains("reveal-print")));

  // a link must not take the place of a talk's notes, nor of the slide within the speaker's view
  for (const link of document.querySelectorAll(isPreview ? "a:not([href^='#'])" : ".notes a")) link.target = "_blank";

  const openArticle = () => Reveal.getCurrentSlide().querySelector(".slide-sources a, .paperdeck-imprint a")?.click();

  // outside of reveal and of body, which zoom moves
  const pointer = document.createElement("div");
  pointer.className = "paperdeck-pointer";
  pointer.hidden = true;
  const movePointer = (event) => {
    pointer.style.translate = `${event.clientX}px ${event.clientY}px`;
  };
  const switchPointer = () => {
    root.append(pointer);
    pointer.hidden = !pointer.hidden;
    root.classList.toggle("paperdeck-pointing", !pointer.hidden);
    (pointer.hidden ? removeEventListener : addEventListener)("pointermove", movePointer);
  };

  // arrows for who reads with a mouse; out of sight while one presents with keys
  let rest;
  addEventListener("pointermove", () => {
    root.classList.add("paperdeck-moving");
    clearTimeout(rest);
    rest = setTimeout(() => root.classList.remove("paperdeck-moving"), 2000);
  });

  /* Search. Reveal's own plugin puts HTML into the text of a diagram, which then shows nothing, takes the emphasis
     out of every slide when it closes, and finds notes; here ranges are marked, and nothing of the page is changed. */
  const box = document.createElement("search");
  box.className = "paperdeck-find";
  box.hidden = true;
  box.innerHTML = '<input type="search" placeholder="Search" aria-label="Search the slides"><output></output>';
  const [field, count] = box.children;
  let hits = [];
  let at = -1;

  const textOf = (slide) => {
    const parts = [];
    const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    let start = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".notes, title, desc, .visually-hidden")) continue;
      parts.push({ node, start });
      start += node.length;
    }
    return parts;
  };
  const rangesOf = (slide, pattern) => {
    const parts = textOf(slide);
    const whole = parts.map(({ node }) => node.data).join("");
    return Array.from(whole.matchAll(pattern), (match) => {
      const end = match.index + match[0].length;
      const first = parts.findLast((part) => part.start <= match.index);
      const last = parts.findLast((part) => part.start < end);
      const range = new Range();
      range.setStart(first.node, match.index - first.start);
      range.setEnd(last.node, end - last.start);
      return range;
    });
  };
  const find = () => {
    const words = field.value.trim().replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const pattern = new RegExp(words.replace(/\s+/g, "\\s+").replace(/[-‐‑]/g, "[-‐‑]"), "gi");
    at = -1;
    hits = [];
    for (const slide of words ? document.querySelectorAll(".slides section[data-layout]") : []) {
      const ranges = rangesOf(slide, pattern);
      if (ranges.length) hits.push({ slide, ranges });
    }
    window.CSS?.highlights?.set("paperdeck-found", new Highlight(...hits.flatMap((hit) => hit.ranges)));
    count.textContent = words ? `${hits.length}` : "";
  };
  const goToHit = (step) => {
    if (!hits.length) return;
    at = at < 0 && step < 0 ? hits.length - 1 : (at + step + hits.length) % hits.length;
    const { slide, ranges } = hits[at];
    const steps = ranges.map((range) => range.startContainer.parentElement.closest(".fragment")?.dataset.fragmentIndex ?? -1);
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v, Math.max(...steps));
    count.textContent = `${at + 1} / ${hits.length}`;
  };
  const showSearch = (show) => {
    if (show) reveal.append(box);
    box.hidden = !show;
    if (show) field.select();
    else field.blur();
    if (show) find();
    else window.CSS?.highlights?.delete("paperdeck-found");
  };
  field.addEventListener("input", find);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") goToHit(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") showSearch(false);
    event.stopPropagation();
  });

  const openSpeakerView = () => {
    Reveal.getPlugin("notes").open();
    const view = window.open("", "reveal.js - Notes"); // the same window, by its name
    if (!view || view.document.querySelector("link")) return;
    view.document.documentElement.dataset.theme = root.dataset.theme;
    view.document.title = `${document.title}: speaker’s view`;
    const sheet = view.document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("speaker.css", here);
    view.document.head.append(sheet);
  };

  Reveal.initialize(config).then(() => {
    // "application" takes screen readers out of reading mode for the whole deck
    Reveal.getRevealElement().removeAttribute("role");
    if (isPreview) return;
    Reveal.addKeyBinding({ keyCode: 65, key: "A", description: "Open the article at this slide" }, openArticle);
    Reveal.addKeyBinding({ keyCode: 76, key: "L", description: "Pointer on or off" }, switchPointer);
    Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Light or dark" }, switchTheme);
    if (Reveal.hasPlugin("notes")) {
      Reveal.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker’s view" }, openSpeakerView);
    }
    Reveal.registerKeyboardShortcut("Ctrl + Shift + F", "Search");
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.key.toLowerCase() !== "f") return;
      event.preventDefault();
      showSearch(box.hidden);
    });
    // reveal knows the key of an American keyboard alone
    document.addEventListener("keypress", (event) => {
      if (event.key === "?" && event.code !== "Slash" && !/^input|^textarea/i.test(event.target.tagName)) Reveal.toggleHelp();
    });
    // L is ours; reveal's list would name it twice
    Reveal.on("showhelp", () => {
      for (const key of document.querySelectorAll(".r-overlay-help td:first-child")) {
        if (key.textContent.length > 1) key.textContent = key.textContent.replace(/\s*,\s*L$/, "");
      }
    });
  });
})();
