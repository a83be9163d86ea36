/* A search through the slides. Reveal's own plugin puts HTML into the text of a diagram, which then shows nothing, takes
   the emphasis out of every slide when it closes, and finds notes; here ranges are marked, and the page stays as it is. */
window.PaperdeckFind = () => {
  "use strict";
  const phrases = JSON.parse(document.querySelector(".reveal").dataset.phrases ?? "{}");
  const _ = (text) => phrases[text] ?? text;
  const box = document.createElement("search");
  box.className = "paperdeck-find";
  box.hidden = true;
  box.innerHTML = '<input type="search"><output></output>';
  const [field, count] = box.children;
  field.placeholder = _("Search");
  field.ariaLabel = _("Search the slides");
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
    if (show) Reveal.getRevealElement().append(box);
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

  const init = () => {
    Reveal.registerKeyboardShortcut("Ctrl + Shift + F", _("Search"));
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.key.toLowerCase() !== "f") return;
      event.preventDefault();
      showSearch(box.hidden);
    });
  };
  return { id: "paperdeck-find", init };
};
