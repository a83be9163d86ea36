/* Facts, citations and terms open a card, on hover, focus and tap; what scrolls is reached by the keyboard; code is
   copied; a comparison sorts its papers by a row; a recording goes with the cards. Without this file a fact has its title, and links lead to the foot of the page. */
(() => {
  "use strict";
  const phrases = JSON.parse(document.currentScript.dataset.phrases ?? "{}");
  const _ = (text) => phrases[text] ?? text;
  const isOurLook = document.currentScript.id === "paperdeck-site"; // elsewhere code and tables are the theme's
  const SHOW = 120;
  const HIDE = 200;
  let card = null;
  let owner = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    card?.remove();
    owner?.classList.remove("open");
    owner?.removeAttribute("aria-describedby");
    card = owner = null;
  };

  const place = () => {
    if (getComputedStyle(card).position !== "absolute") return; // a sheet at the foot of a phone
    const spot = owner.getClientRects()[0] ?? owner.getBoundingClientRect();
    const room = document.documentElement.clientWidth - card.offsetWidth - 20;
    const below = spot.bottom + 8;
    const fits = below + card.offsetHeight <= innerHeight || spot.top < card.offsetHeight;
    card.style.left = `${Math.max(20, Math.min(spot.left - 16, room)) + scrollX}px`;
    card.style.top = `${(fits ? below : spot.top - 8 - card.offsetHeight) + scrollY}px`;
  };

  const cardOf = (element) =>
    document.getElementById(element.dataset.fact ? `fact-card-${element.dataset.fact}` : `card-${decodeURIComponent(element.hash.slice(1))}`);

  const open = (element) => {
    if (element === owner) return;
    close();
    owner = element;
    card = document.createElement("div");
    card.className = "fact-card";
    card.id = "fact-card";
    card.setAttribute("role", "tooltip");
    card.append(cardOf(owner).content.cloneNode(true));
    card.addEventListener("mouseenter", () => clearTimeout(timer));
    card.addEventListener("mouseleave", closeSoon);
    document.body.append(card);
    owner.classList.add("open");
    owner.setAttribute("aria-describedby", card.id);
    place();
  };

  const closeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(close, HIDE);
  };

  for (const element of document.querySelectorAll("data.fact[title], a.cite, a:has(> .std-term)")) {
    if (!cardOf(element)) continue;
    let tapped = false; // a link that is tapped opens its card first, and is followed when tapped again
    if (element.dataset.fact) {
      element.removeAttribute("title"); // or the browser shows it over the card
      element.tabIndex = 0;
    }
    element.addEventListener("mouseenter", () => {
      clearTimeout(timer);
      timer = setTimeout(open, SHOW, element);
    });
    element.addEventListener("mouseleave", closeSoon);
    element.addEventListener("focus", () => open(element));
    element.addEventListener("blur", closeSoon);
    element.addEventListener("pointerdown", (event) => (tapped = event.pointerType === "touch" && element !== owner));
    element.addEventListener("click", (event) => {
      if (element.dataset.fact || tapped) open(element);
      if (tapped && !element.dataset.fact) event.preventDefault();
    });
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("click", (event) => {
    if (card && !card.contains(event.target) && !event.target.closest(".open")) close();
  });
  addEventListener("resize", close);

  // what is wider than its place scrolls inside itself; then the keyboard must reach it, and only then
  const kinds = { "figure.diagram": _("Diagram"), "figure.chart": _("Chart") };
  if (isOurLook) Object.assign(kinds, { pre: _("Code"), "div.math": _("Equation"), ".table-wrapper": _("Table") });
  const reach = new ResizeObserver((entries) => {
    for (const { target: box } of entries) {
      const scrolls = box.scrollWidth > box.clientWidth;
      if (scrolls === box.hasAttribute("tabindex")) continue;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
      if (box.querySelector("figcaption, caption")) continue; // which name it
      box.role = scrolls && box.localName !== "figure" ? "group" : null;
      box.ariaLabel = scrolls ? kinds[Object.keys(kinds).find((kind) => box.matches(kind))] : null;
    }
  });
  document.querySelectorAll(Object.keys(kinds).join()).forEach((box) => reach.observe(box));

  for (const code of navigator.clipboard ? document.querySelectorAll(isOurLook ? ".highlight pre" : ".bibtex pre") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "paperdeck-copy";
    const say = (word) => (button.textContent = word);
    say(_("Copy"));
    button.addEventListener("click", () => {
      const copy = code.cloneNode(true);
      copy.querySelectorAll(".linenos, .gp, .go").forEach((part) => part.remove()); // prompts, and what was printed
      navigator.clipboard.writeText(copy.textContent.trimEnd()).then(
        () => say(_("Copied")),
        () => getSelection().selectAllChildren(code), // not allowed to; then the reader does it by key
      );
    });
    button.addEventListener("blur", () => say(_("Copy")));
    button.addEventListener("mouseleave", () => say(_("Copy")));
    code.after(button);
  }

  const numberIn = (cell) => parseFloat(cell.querySelector("data.fact")?.value ?? "");
  for (const table of document.querySelectorAll("table.compare")) {
    const rows = [...table.rows];
    const columns = rows[0].cells.length - 1;
    for (const row of rows.slice(1)) {
      const cells = [...row.cells];
      if (cells.length !== columns + 1 || cells.slice(1).filter((cell) => numberIn(cell) >= -Infinity).length < 2) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "paperdeck-sort";
      button.title = _("Sort the papers by this row");
      button.append(...(cells[0].querySelector("p") ?? cells[0]).childNodes);
      cells[0].replaceChildren(button);
      button.addEventListener("click", () => {
        const up = button.dataset.order === "down";
        for (const other of table.querySelectorAll("button.paperdeck-sort")) delete other.dataset.order;
        button.dataset.order = up ? "up" : "down";
        const value = (index) => numberIn(row.cells[index + 1]);
        const order = [...Array(columns).keys()].sort((one, other) => {
          const [left, right] = [value(one), value(other)];
          if (isNaN(left) || isNaN(right)) return isNaN(left) - isNaN(right); // who does not report it comes last
          return up ? left - right : right - left;
        });
        for (const line of rows.filter((line) => line.cells.length === columns + 1)) {
          const old = [...line.cells];
          line.append(...order.map((index) => old[index + 1]));
        }
      });
    }
  }

  // the recording goes on where a card says, and leads to the card of what is said
  const sound = document.querySelector(".paperdeck-podcast audio");
  const moments = sound ? [...document.querySelectorAll("a.paperdeck-listen")] : [];
  if (moments.length) {
    const back = document.createElement("a");
    const startOf = (moment) => Number(moment.dataset.at);
    sound.after(back);
    for (const moment of moments) {
      moment.addEventListener("click", (event) => {
        event.preventDefault();
        sound.currentTime = startOf(moment);
        sound.play().catch(() => {}); // it says so itself
      });
    }
    sound.addEventListener("timeupdate", () => {
      const begun = moments.filter((moment) => startOf(moment) <= sound.currentTime);
      const now = begun.sort((one, other) => startOf(one) - startOf(other)).at(-1);
      for (const moment of moments) moment.ariaCurrent = moment === now ? "true" : null;
      const slide = now?.closest("aside.slide");
      back.textContent = slide?.querySelector(".slide-title").textContent ?? "";
      if (slide) back.href = `#${slide.querySelector(".slide-title").closest("[id]").id}`;
    });
  }

  // the gallery shows the papers of one tag; the same button again, and it shows all
  const tags = document.querySelectorAll(".paperdeck-tags button");
  for (const button of tags) {
    button.addEventListener("click", () => {
      const chosen = button.getAttribute("aria-pressed") === "false" ? button.dataset.tag : null;
      for (const other of tags) other.setAttribute("aria-pressed", String(other.dataset.tag === chosen));
      for (const card of document.querySelectorAll(".paperdeck-gallery .paperdeck-card")) {
        card.hidden = chosen !== null && !card.dataset.tags.split(",").includes(chosen);
      }
    });
  }
})();
