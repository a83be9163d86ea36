// Shows a page anew when it has been built anew, at the place where it was, and tells what is wrong. Served by
// `make live` alone: no page that is built has it.
(() => {
  let version = document.currentScript.dataset.version;
  const KEPT = "paperdeck-live";
  const inFrame = window.parent !== window; // the speaker's view shows the deck in frames
  let events;

  // where one is: on a deck the slide and its step, on an article the heading above, and how far below it

  const findHeading = () => {
    const headings = document.querySelectorAll("section[id], aside[id]");
    return [...headings].filter((heading) => heading.getBoundingClientRect().top <= 1).pop();
  };

  const keepPlace = () => {
    const place = { address: location.pathname };
    if (window.Reveal?.isReady?.()) {
      const { h, v, f } = Reveal.getIndices();
      Object.assign(place, { slide: Reveal.getCurrentSlide()?.id, h, v, f });
    } else {
      const heading = findHeading();
      Object.assign(place, { heading: heading?.id, top: heading?.getBoundingClientRect().top, y: window.scrollY });
    }
    sessionStorage.setItem(KEPT, JSON.stringify(place));
  };

  const returnTo = (place) => {
    if ("h" in place) {
      const slide = place.slide && document.getElementById(place.slide);
      const { h, v } = slide ? Reveal.getIndices(slide) : place;
      Reveal.slide(h, v, place.f);
    } else {
      const heading = place.heading && document.getElementById(place.heading);
      const top = heading ? heading.getBoundingClientRect().top + window.scrollY - place.top : place.y;
      window.scrollTo({ top, behavior: "instant" });
    }
  };

  const restorePlace = () => {
    const place = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    sessionStorage.removeItem(KEPT);
    if (place?.address !== location.pathname) return;
    if (!("h" in place)) {
      history.scrollRestoration = "manual";
      returnTo(place);
      addEventListener("load", () => returnTo(place)); // pictures above may have grown
      document.fonts.ready.then(() => returnTo(place));
    } else if (window.Reveal?.isReady?.()) returnTo(place);
    else window.Reveal?.on("ready", () => returnTo(place));
  };

  // what is wrong, in a tree of its own, so that no style of the page reaches it

  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0 auto; z-index: 2147483647; max-width: min(44rem, 100vw);
      font: 14px/1.45 system-ui, sans-serif; color: #1b1b1f; color-scheme: light; }
    @media print { :host { display: none; } }
    details, p { margin: 8px; background: #fff; border: 1px solid #c7c9d1; border-inline-start: 4px solid #b45309;
      border-radius: 6px; box-shadow: 0 2px 10px rgb(0 0 0 / .2); }
    details.failed { border-inline-start-color: #b91c1c; }
    summary, p { padding: 6px 12px; }
    summary { cursor: pointer; font-weight: 600; }
    p { display: inline-block; float: inline-end; border-inline-start-color: #2f5bb7; }
    ul { margin: 0; padding: 0 12px 8px; list-style: none; max-height: 45vh; overflow: auto; }
    li { padding: 6px 0; border-top: 1px solid #e4e5ea; white-space: pre-wrap; overflow-wrap: anywhere; }
    code { font: 13px/1.4 ui-monospace, monospace; color: #174a9c; }
  `;
  const host = document.createElement("paperdeck-live");
  const root = host.attachShadow({ mode: "open" });

  const make = (name, text = "", className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = className;
    return element;
  };

  const count = (number) => (number === 1 ? "1 message" : `${number} messages`);

  const showMessages = ({ busy, failed, messages, more }) => {
    const parts = [make("style", STYLE)];
    if (messages.length) {
      const details = make("details", "", failed ? "failed" : "");
      details.setAttribute("role", "status");
      const seen = JSON.stringify(messages);
      details.open = sessionStorage.getItem(`${KEPT}-closed`) !== seen;
      details.addEventListener("toggle", () => {
        sessionStorage.setItem(`${KEPT}-closed`, details.open ? "" : seen);
      });
      const told = failed ? "Not built: the page is as it was before" : count(messages.length + more);
      const list = make("ul");
      for (const { file, line, text } of messages) {
        const item = make("li");
        if (file) item.append(make("code", line ? `${file}:${line}` : file), "\n");
        item.append(text);
        list.append(item);
      }
      if (more) list.append(make("li", `${more} more stand in the terminal.`));
      details.append(make("summary", told), list);
      parts.push(details);
    } else if (busy && !version) parts.push(make("p", "Building …"));
    root.replaceChildren(...parts);
  };

  // an article in which only words are new gets them where they stand: it is not loaded again, and nothing moves

  const BLOCKS = "p, li, dt, dd, th, td, caption, figcaption, h1, h2, h3, h4, h5, h6";
  let shown; // the page as it was served, before scripts changed it

  const readPage = async () => {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const versionOf = (page) => page.querySelector("script[data-version]")?.dataset.version;

  const listAssets = (page) =>
    [...page.querySelectorAll("head link, head script[src]:not([data-version])")].map((part) => part.outerHTML).join();

  // the texts that differ, each with its new words; nothing where more than texts does
  const compare = (was, is, found = []) => {
    if (was.nodeType === Node.TEXT_NODE && is.nodeType === Node.TEXT_NODE) {
      if (was.data !== is.data) found.push([was, is.data]);
      return found;
    }
    const whole = !was.childNodes.length || ["SCRIPT", "STYLE", "TEMPLATE"].includes(was.nodeName);
    if (whole) return was.isEqualNode(is) ? found : undefined;
    const same = was.childNodes.length === is.childNodes.length && was.cloneNode().isEqualNode(is.cloneNode());
    return same && [...was.childNodes].every((child, at) => compare(child, is.childNodes[at], found)) ? found : undefined;
  };

  const listTexts = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  };

  // a text of the page as it was served, in the page that is seen; nothing where a script has changed what is around it
  const findText = (text) => {
    const block = text.parentElement.closest(BLOCKS);
    const holder = block?.closest("[id]");
    const at = block === holder ? -1 : [...holder.querySelectorAll(block.localName)].indexOf(block);
    const seen = holder && document.getElementById(holder.id);
    const same = at < 0 ? seen : seen?.querySelectorAll(block.localName)[at];
    return same?.textContent === block.textContent ? listTexts(same)[listTexts(block).indexOf(text)] : undefined;
  };

  const takeWords = async () => {
    const [was, is] = [await shown, await readPage()];
    if (!was || versionOf(was) !== version || listAssets(was) !== listAssets(is)) return false;
    const words = compare(was.body, is.body) ?? [];
    const places = words.map(([text]) => findText(text));
    if (!words.length || places.some((place, at) => place?.data !== words[at][0].data)) return false;
    places.forEach((place, at) => (place.data = words[at][1]));
    document.title = is.title;
    [shown, version] = [is, versionOf(is)];
    return true;
  };

  const hear = async (state) => {
    const isNew = state.version && state.version !== version;
    if (isNew && (window.Reveal || !(await takeWords()))) {
      events.close();
      keepPlace();
      location.reload();
    } else if (!inFrame) showMessages(state);
  };

  // a page that nobody sees does not listen: a browser has few connections to one server
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource(`/-live/events?page=${encodeURIComponent(decodeURIComponent(location.pathname))}`);
    let heard = Promise.resolve();
    events.addEventListener("message", (event) => (heard = heard.then(() => hear(JSON.parse(event.data)))));
  };

  if (!inFrame) document.documentElement.append(host);
  restorePlace();
  document.addEventListener("visibilitychange", listen);
  addEventListener("load", () => window.Reveal || (shown = readPage()));
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
