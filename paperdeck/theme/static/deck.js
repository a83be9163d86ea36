/* Starts reveal.js with the configuration that the page carries, and adds what a talk wants: the way to the article,
   a pointer, the reader's colour scheme, links to a slide, the column of a phone, an embedded deck without its chrome. */
(() => {
  "use strict";
  const root = document.documentElement;
  const reveal = document.querySelector(".reveal");
  const config = JSON.parse(reveal.dataset.config);
  const phrases = JSON.parse(reveal.dataset.phrases ?? "{}");
  const _ = (text) => phrases[text] ?? text;
  config.plugins = reveal.dataset.plugins.split(" ").map((name) => window[name]).filter(Boolean);
  const query = new URLSearchParams(location.search);
  const isPreview = query.has("receiver"); // a slide within the speaker's view

  if (query.has("embed")) {
    root.classList.add("paperdeck-embed");
    // a slide in another page is whole, unless its address names a step
    const fragments = /^#\/?(\d+\/\d+|[^/]*[^/\d][^/]*)\/\d+$/.test(location.hash);
    Object.assign(config, { embedded: true, controls: false, progress: false, scrollActivationWidth: null, fragments });
  }

  // a window that follows another has its slides, and nothing to lead it by
  const isFollower = query.has("follow");
  if (isFollower) Object.assign(config, { hash: false, controls: false, keyboard: false, touch: false });

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
    tell();
  };

  // this class keeps reveal's paper sheet away; ours prints one slide a page, ?print-pdf or not
  const paper = root.classList;
  addEventListener("beforeprint", () => paper.add("print-pdf"));
  addEventListener("afterprint", () => paper.toggle("print-pdf", paper.contains("reveal-print")));

  // a slide within the speaker's view has the colours of its deck
  addEventListener("message", ({ source, data }) => {
    if (isPreview && source === parent && data?.paperdeck === "theme") root.dataset.theme = data.theme;
  });

  // a link must not take the place of the talk
  for (const link of document.querySelectorAll("a[href]:not([href^='#'])")) {
    Object.assign(link, { target: "_blank", rel: "noopener" });
  }

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

  // the way to the article, on any slide
  const code = document.createElement("div");
  code.className = "paperdeck-code paperdeck-qr";
  code.hidden = true;
  const showCode = (shown) => {
    const drawn = document.querySelector(".slides .paperdeck-qr svg");
    if (!drawn) return say(_("The public address of the article is not known"));
    code.hidden = !shown;
    code.replaceChildren(drawn.cloneNode(true), drawn.querySelector("title").textContent);
    reveal.append(code);
    tell();
  };

  // what is shown here is shown in each window that was opened with ?follow, through the browser alone
  let tell = () => {};
  const joinOthers = () => {
    const channel = new BroadcastChannel(`paperdeck ${location.pathname}`);
    if (!isFollower) tell = () => channel.postMessage({ state: Reveal.getState(), theme: root.dataset.theme, code: !code.hidden });
    channel.onmessage = ({ data }) => {
      if (!data.state) return tell();
      if (!isFollower) return;
      root.dataset.theme = data.theme;
      if (data.code === code.hidden) showCode(data.code);
      Reveal.setState({ ...data.state, overview: false });
    };
    for (const name of ["slidechanged", "fragmentshown", "fragmenthidden", "paused", "resumed"]) Reveal.on(name, () => tell());
    channel.postMessage({}); // where the others are
  };

  const said = document.createElement("output");
  said.className = "paperdeck-said";
  const say = (text) => {
    said.textContent = text;
    reveal.append(said);
    setTimeout(() => said.remove(), 4000);
  };
  document.addEventListener("paperdeck-say", ({ detail }) => say(detail));
  const copy = (text, done) =>
    // not allowed to; then the text is there to be copied by hand
    (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(() => say(done), () => say(text));
  const addressOf = (query) => `${location.href.split(/[?#]/)[0]}${query}#/${encodeURIComponent(Reveal.getCurrentSlide().id)}`;
  const copyLink = () => copy(addressOf(""), _("The link to this slide is copied"));
  const copyFrame = () => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: addressOf("?embed"), title: document.title, width: 960, height: 540, allowFullscreen: true });
    copy(frame.outerHTML, _("The frame of this slide is copied"));
  };

  /* On a phone the slides stand in one column, each as high as what it holds; reveal would open the wrong one. */
  let asked = location.hash;
  let column = null;
  let isLed = false; // by a finger, and not by an address
  for (const name of ["touchmove", "wheel", "keydown"]) addEventListener(name, () => (isLed = true), { passive: true });
  const slideAt = (hash) => {
    let name = hash.replace(/^#\/?/, "").split("/")[0];
    try {
      name = decodeURIComponent(name);
    } catch {
      /* a percent sign of its own */
    }
    const found = document.getElementById(name) ?? document.querySelector(`[data-slide="${CSS.escape(name)}"]`);
    return found?.closest("section[data-layout]");
  };
  const goTo = (slide) => {
    if (!slide) return;
    isLed = false;
    slide.scrollIntoView();
    history.replaceState(null, "", `#/${encodeURIComponent(slide.id)}`);
  };
  const followColumn = () => {
    Reveal.getConfig().hash = !Reveal.isScrollView();
    if (Reveal.isScrollView() === Boolean(column)) return;
    column?.disconnect();
    column = null;
    if (!Reveal.isScrollView()) return;
    column = new IntersectionObserver(
      (entries) => {
        for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
          Reveal.loadSlide(target);
          if (isLed) history.replaceState(null, "", `#/${encodeURIComponent(target.id)}`);
        }
      },
      { rootMargin: "-50% 0px" },
    );
    for (const narrow of document.querySelectorAll(".chart > template")) narrow.replaceWith(narrow.content);
    // what a chart is about is in sight at once
    for (const point of document.querySelectorAll("figure.chart .point")) point.scrollIntoView({ inline: "center" });
    const slides = document.querySelectorAll("section[data-layout]");
    goTo(slideAt(asked ?? location.hash) ?? slides[0]);
    asked = null;
    for (const slide of slides) column.observe(slide);
  };
  addEventListener("scroll", (event) => column && event.stopImmediatePropagation(), true);
  addEventListener("hashchange", () => column && goTo(slideAt(location.hash)));

  // arrows for who reads with a mouse; out of sight while one presents with keys
  let rest;
  addEventListener("pointermove", () => {
    root.classList.add("paperdeck-moving");
    clearTimeout(rest);
    rest = setTimeout(() => root.classList.remove("paperdeck-moving"), 2000);
  });

  Reveal.initialize(config).then(() => {
    // "application" takes screen readers out of reading mode for the whole deck
    Reveal.getRevealElement().removeAttribute("role");
    // the bar goes with the time of the notes; reveal's goes with the number of slides
    const showProgress = () => reveal.style.setProperty("--progress", Reveal.getCurrentSlide()?.dataset.progress ?? 0);
    Reveal.on("slidechanged", showProgress);
    showProgress();
    if (isPreview) return;
    if (!query.has("embed")) joinOthers();
    followColumn();
    Reveal.on("resize", followColumn);
    Reveal.addKeyBinding({ keyCode: 65, key: "A", description: _("Open the article at this slide") }, openArticle);
    Reveal.addKeyBinding({ keyCode: 67, key: "C", description: _("Copy the link to this slide") }, copyLink);
    Reveal.addKeyBinding({ keyCode: 73, key: "I", description: _("Copy this slide as a frame for a page") }, copyFrame);
    Reveal.addKeyBinding({ keyCode: 76, key: "L", description: _("Pointer on or off") }, switchPointer);
    Reveal.addKeyBinding({ keyCode: 81, key: "Q", description: _("QR code of the article") }, () => showCode(code.hidden));
    Reveal.addKeyBinding({ keyCode: 84, key: "T", description: _("Light or dark") }, switchTheme);
    // reveal knows the key of an American keyboard alone
    document.addEventListener("keypress", (event) => {
      if (event.key === "?" && event.code !== "Slash" && !/^input|^textarea/i.test(event.target.tagName)) Reveal.toggleHelp();
    });
    // L is ours, and reveal's list would name it twice; its words are English
    Reveal.on("showhelp", () => {
      for (const part of document.querySelectorAll(".r-overlay-help :is(td, .title)")) {
        if (part.textContent.length > 1) part.textContent = _(part.textContent).replace(/\s*,\s*L$/, "");
      }
    });
  });
})();
