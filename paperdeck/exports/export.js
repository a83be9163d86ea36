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
        seconds: Number(slide.dataset.timing ?? 0),
        at: slide.dataset.at === undefined ? null : Number(slide.dataset.at),
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

  // in the place of the deck: title, authors and code, then the slides that are marked
  const layOutPoster = () => {
    const cover = document.querySelector('section[data-layout="cover"]');
    const marked = [...document.querySelectorAll(".pdf-page section[data-layout].poster")];
    const code = document.querySelector(".paperdeck-qr");
    const textOf = (part, selector) => fold(part?.querySelector(selector)?.textContent ?? "");
    const title = titleOf(cover ?? marked[0]);
    const lines = [
      make("h1", title.length > 24 ? "poster-long" : "", title),
      make("p", "poster-work", textOf(cover, ".paperdeck-imprint b")),
      make("p", "", textOf(cover, ".paperdeck-imprint .authors")),
      make("p", "poster-venue", textOf(cover, ".paperdeck-imprint .venue")),
    ].filter((line) => line.textContent && (line.tagName === "H1" || line.textContent !== title));
    const head = make("header", "poster-head", make("div", "", ...lines));
    if (code) head.append(make("div", "poster-code", code.querySelector("svg"), make("p", "", textOf(code, ":scope > :is(a, span)"))));
    const slides = make("div", "slides");
    for (const slide of marked) {
      for (const name of ["width", "height", "left", "top"]) slide.style.removeProperty(name); // reveal's
      slides.append(make("div", "poster-slide", slide));
    }
    for (const part of slides.querySelectorAll("aside.notes")) part.remove();
    document.documentElement.className = "";
    document.documentElement.removeAttribute("style");
    document.body.className = "";
    document.body.removeAttribute("style");
    for (const style of document.head.querySelectorAll("style")) style.remove(); // the size of its paper
    document.body.replaceChildren(make("div", "reveal poster-page", head, slides));
    for (const link of document.querySelectorAll('a[href^="#"]')) if (!document.getElementById(link.hash.slice(1))) link.removeAttribute("href");
  };

  // in the columns in which they stand largest; the blocks in reading order, each column about as long as the others
  const fillPoster = () => {
    const [content, least] = [1120, 0.8]; // what a slide is wide between its margins, px; smaller nobody reads it
    const holder = document.querySelector(".poster-page .slides");
    const blocks = [...holder.children];
    const fill = (columns, zoom) => {
      const made = Array.from({ length: columns }, () => make("div", "poster-column"));
      holder.replaceChildren(...made);
      made[0].append(...blocks);
      const scale = Math.min(zoom, made[0].clientWidth / content);
      holder.style.setProperty("--zoom", scale);
      const heights = blocks.map((block) => block.offsetHeight);
      const share = heights.reduce((sum, height) => sum + height, 0) / columns;
      let above = 0;
      blocks.forEach((block, place) => {
        made[Math.min(columns - 1, Math.floor((above + heights[place] / 2) / share))].append(block);
        above += heights[place];
      });
      return made.every((column) => column.scrollHeight <= holder.clientHeight + 1) ? scale : 0;
    };
    let best = [1, 0];
    for (const columns of [1, 2, 3]) {
      let zoom = 3;
      let scale = fill(columns, zoom);
      while (!scale && zoom > least) scale = fill(columns, (zoom *= 0.97));
      if (scale > best[1]) best = [columns, scale];
    }
    fill(...best);
    return { fits: best[1] >= least, slides: blocks.length, hasCode: Boolean(document.querySelector(".poster-code")) };
  };

  return { settleLinks, slides, headings, layOutHandout, layOutPoster, fillPoster };
})();
