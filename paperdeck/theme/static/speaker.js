/* The speaker's view: this slide and the next, the time, and the note. It shows what the deck that opened it tells. */
(() => {
  "use strict";
  const deck = window.opener;
  const [now, next] = document.querySelectorAll("iframe");
  const [timer, pace, clock] = document.querySelectorAll("time");
  const [afterwards, elapsed, left, day, said] = document.querySelectorAll("h2");
  const note = document.querySelector(".notes .value");
  const again = document.querySelector("button");
  const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " ", "n", "p", "b", "."];
  let began = Date.now();
  let shown = null;
  let told = "";

  const inFull = (seconds) => {
    const whole = Math.floor(Math.abs(seconds));
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].slice(whole < 3600 ? 1 : 0);
    return (seconds <= -1 ? "−" : "") + parts.map((part) => String(part).padStart(2, "0")).join(":");
  };
  const tick = () => {
    const seconds = (Date.now() - began) / 1000;
    timer.textContent = inFull(seconds);
    clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    if (!shown) return;
    const rest = shown.finish - seconds;
    pace.textContent = inFull(rest);
    pace.className = rest < 0 ? "behind" : "";
  };

  const send = (frame, message) => frame.contentWindow.postMessage(JSON.stringify(message), "*");
  const move = () => {
    for (const frame of [now, next]) frame.contentWindow.postMessage({ paperdeck: "theme", theme: shown.attributes["data-theme"] }, "*");
    send(now, { method: "setState", args: [shown.state] });
    send(next, { method: "setState", args: [shown.state] });
    send(next, { method: "next" });
  };
  const begin = ({ url, state, phrases, title }) => {
    const _ = (text) => phrases[text] ?? text;
    document.title = `${title}: ${_("Speaker’s view")}`;
    now.title = _("This slide");
    afterwards.textContent = next.title = _("What comes next");
    elapsed.textContent = _("Time");
    again.textContent = _("From the start");
    left.textContent = _("Left for this slide");
    day.textContent = _("Clock");
    said.textContent = _("What you say");
    const query = "receiver&postMessageEvents=true&progress=false&controls=false&scrollActivationWidth=0";
    for (const frame of [now, next]) {
      frame.src = `${url}${url.includes("?") ? "&" : "?"}${query}#/${state.indexh}/${state.indexv}`;
      frame.addEventListener("load", () => setTimeout(move, 200)); // when its deck has begun
    }
  };

  addEventListener("message", ({ source, origin, data }) => {
    if (source === now.contentWindow || source === next.contentWindow) {
      if (shown && /"eventName":"ready"/.test(data)) move();
      return;
    }
    // what it tells is shown as it comes, so that it must be of this site; from a file there is no origin
    if (source !== deck || data?.paperdeck !== "state" || (location.protocol !== "file:" && origin !== location.origin)) return;
    if (told === JSON.stringify(data)) return;
    told = JSON.stringify(data);
    for (const [name, value] of Object.entries(data.attributes)) document.documentElement.setAttribute(name, value);
    const first = shown === null;
    const other = !first && note.innerHTML !== data.notes;
    shown = data;
    if (first || other) note.innerHTML = data.notes;
    if (other) note.scrollTop = 0;
    document.documentElement.classList.toggle("last", data.isLast);
    if (first) begin(data);
    else move();
    tick();
  });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === again) return;
    if (!KEYS.includes(event.key) || (event.target === note && event.key.startsWith("Arrow") && /Up|Down/.test(event.key))) return;
    event.preventDefault();
    deck?.postMessage({ paperdeck: "key", code: event.keyCode }, "*");
  });
  again.addEventListener("click", () => {
    began = Date.now();
    tick();
  });

  // again and again, so that a deck that was loaded again finds its view
  const greet = () => deck?.postMessage({ paperdeck: "hello" }, "*");
  greet();
  setInterval(greet, 1000);
  setInterval(tick, 500);
  tick();
})();
