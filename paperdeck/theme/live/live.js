// Shows a page anew when it has been built anew, at the place where it was, and tells what is wrong. Served by
// `make live` alone: no page that is built has it.
(() => {
  const version = document.currentScript.dataset.version;
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

  const hear = (state) => {
    if (state.version && state.version !== version) {
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
    events.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  };

  if (!inFrame) document.documentElement.append(host);
  restorePlace();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
