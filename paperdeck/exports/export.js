/* Makes a page ready for paper, and tells what stands on the slides of a deck that is laid out for it (?print-pdf). */
globalThis.paperdeckExport = (() => {
  "use strict";
  const fold = (text) => text.replace(/\s+/g, " ").trim();
  const slideOf = (page) => page.querySelector("section[data-layout]");

  // links lead where they lead from elsewhere; one that leads nowhere is text
  const settleLinks = (addresses) => {
    for (const link of document.querySelectorAll("a[href]")) {
      const written = link.getAttribute("href");
      const place = written.match(/^#\/([^/]+)/)?.[1];
      const address = place ? `#${place}` : (addresses[written] ?? null);
      link.removeAttribute("target"); // or the browser takes a place in the same file for another
      if (address === null) link.removeAttribute("href");
      else link.setAttribute("href", address);
    }
  };

  const titleOf = (slide) => fold(slide.querySelector("h1, h2")?.textContent ?? "");

  // what a picture of the slide would say, in reading order
  const describe = (slide) => {
    const copy = slide.cloneNode(true);
    for (const part of copy.querySelectorAll("aside.notes, .slide-sources, script, style")) part.remove();
    for (const picture of copy.querySelectorAll("img[alt], svg[aria-label], [role=img][aria-label]")) {
      picture.replaceWith(` ${picture.getAttribute("alt") ?? picture.getAttribute("aria-label")} `);
    }
    for (const picture of copy.querySelectorAll("svg")) {
      const words = [...picture.querySelectorAll(":scope > title, :scope > desc")].map((part) => part.textContent);
      picture.replaceWith(` ${words.join(" ")} `);
    }
    for (const block of copy.querySelectorAll("h1, h2, p, li, dt, dd, figure, figcaption, pre, td, th, tr")) block.append(" ");
    return fold(copy.textContent);
  };

  const asText = (notes) => {
    const blocks = [...(notes?.querySelectorAll("p:not(.clicks), li, dt, dd, blockquote, pre") ?? [])].filter(
      (block) => !block.querySelector("p, li, blockquote, pre"),
    );
    return blocks.map((block) => (block.closest("li") ? "• " : "") + fold(block.textContent));
  };

  const slides = () =>
    [...document.querySelectorAll(".pdf-page")].map((page) => {
      const slide = slideOf(page) ?? page;
      return {
        title: titleOf(slide),
        number: slide.dataset.slide ?? "",
        isDetail: slide.dataset.slide !== undefined && slide.dataset.visibility === "uncounted",
        words: describe(slide),
        note: asText(slide.querySelector("aside.notes")),
        isStep: [...page.querySelectorAll(".fragment")].some((part) => part.classList.contains("visible")),
        id: slide.id,
      };
    });

  const headings = () =>
    [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
      .filter((heading) => heading.checkVisibility())
      .map((heading) => fold([...heading.childNodes].filter((part) => !part.classList?.contains("headerlink")).map((part) => part.textContent).join("")));

  const make = (name, className, ...parts) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...parts);
    return element;
  };

  // the picture of a slide, its number and places, what is said
  const asHandout = (slide, picture) => {
    const image = make("img", "");
    Object.assign(image, { src: picture, alt: describe(slide) });
    const places = slide.querySelector(".slide-sources > :is(a, span):not(.paperdeck-place)")?.textContent ?? "";
    const place = make("p", "handout-place");
    if (slide.dataset.slide) place.append(make("b", "", slide.dataset.slide), slide.dataset.layout === "question" ? "" : ` ${places}`);
    const note = make("div", "handout-note", ...(slide.querySelector("aside.notes")?.childNodes ?? []));
    note.querySelector(".clicks")?.remove(); // every step is shown
    return make("div", "handout-slide", image, place, note);
  };

  // in the place of the deck: two slides a page, the places of its numbers as text at the end
  const layOutHandout = (pictures) => {
    const slides = [...document.querySelectorAll(".pdf-page")].map(slideOf);
    const isList = (slide) => slide.dataset.layout === "sources";
    const shown = slides.map((slide, place) => (isList(slide) ? null : asHandout(slide, pictures[place]))).filter(Boolean);
    const rows = shown.flatMap((slide, place) => (place % 2 ? [] : [make("div", "handout-row", ...shown.slice(place, place + 2))]));
    const lists = slides.filter(isList);
    const entries = lists.flatMap((list) => [...(list.querySelector("dl")?.children ?? [])]);
    const end = lists.length ? [make("div", "handout-sources", make("h2", "", titleOf(lists[0])), make("dl", "", ...entries))] : [];
    for (const element of [document.documentElement, document.body]) {
      element.className = ""; // reveal's, by which it lays out paper
      element.removeAttribute("style");
    }
    for (const style of document.head.querySelectorAll("style")) style.remove(); // the size of its paper
    document.body.replaceChildren(...rows, ...end);
    return Promise.all([...document.images].map((image) => image.decode())).then(() => null);
  };

  return { settleLinks, slides, headings, layOutHandout };
})();
