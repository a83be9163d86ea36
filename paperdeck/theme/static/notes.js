/* Opens the speaker's view, and tells it where the deck is. Reveal's own plugin writes a script into an empty page, which
   a policy of script-src 'self' refuses; this one opens a file. */
(() => {
  "use strict";
  const own = document.currentScript.src;
  const page = own ? new URL("speaker.html", own) : ""; // a deck in one file has its view in it

  window.PaperdeckNotes = () => {
    let view = null;

    // until when, in seconds, the slide that is shown should be said; what has no time of its own shares the rest
    const finishTime = () => {
      const { totalTime, defaultTiming } = Reveal.getConfig();
      const slides = Reveal.getSlides();
      const times = slides.map((slide) => Number(slide.dataset.timing) || (totalTime ? 0 : (defaultTiming ?? 0)));
      const given = times.reduce((sum, time) => sum + time, 0);
      const share = Math.max((totalTime ?? 0) - given, 0) / (times.filter((time) => !time).length || 1);
      const last = slides.indexOf(Reveal.getCurrentSlide());
      return times.slice(0, last + 1).reduce((sum, time) => sum + (time || share), 0);
    };

    const tell = () => {
      const root = document.documentElement;
      view?.postMessage(
        {
          paperdeck: "state",
          url: location.href.split("#")[0],
          state: { ...Reveal.getState(), overview: false },
          notes: [...Reveal.getCurrentSlide().querySelectorAll("aside.notes")].map((note) => note.innerHTML).join(""),
          isLast: Reveal.isLastSlide() && !Reveal.availableFragments().next,
          finish: finishTime(),
          title: document.title,
          attributes: { lang: root.lang, dir: root.dir, "data-theme": root.dataset.theme },
          phrases: JSON.parse(Reveal.getRevealElement().dataset.phrases ?? "{}"),
        },
        "*", // from a file there is no origin to name
      );
    };

    const _ = (text) => JSON.parse(Reveal.getRevealElement().dataset.phrases ?? "{}")[text] ?? text;
    const open = () => {
      view = window.open(page, "paperdeck-speaker", "width=1200,height=800");
      const blocked = _("The browser has blocked the speaker’s view; allow its window, then press S");
      if (view && !page) {
        view.document.write(document.getElementById("paperdeck-speaker").textContent.replaceAll("<\\/script", "</script"));
        view.document.head.append(document.getElementById("paperdeck-faces").cloneNode(true));
        view.document.close();
      }
      if (!view) document.dispatchEvent(new CustomEvent("paperdeck-say", { detail: blocked }));
    };

    const init = () => {
      const query = new URLSearchParams(location.search);
      if (query.has("receiver")) return;
      Reveal.addKeyBinding({ keyCode: 83, key: "S", description: _("Speaker’s view") }, open);
      for (const name of ["slidechanged", "fragmentshown", "fragmenthidden", "paused", "resumed"]) Reveal.on(name, tell);
      new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ["data-theme"] });
      addEventListener("message", ({ source, data }) => {
        // a view that this deck has opened, be it before it was loaded again
        if (source?.opener !== window) return;
        if (data?.paperdeck === "key") Reveal.triggerKey(data.code);
        if (data?.paperdeck !== "hello") return;
        view = source;
        tell();
      });
      if (query.has("notes")) open();
    };
    return { id: "notes", init, open };
  };
})();
