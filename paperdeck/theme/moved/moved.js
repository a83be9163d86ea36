// On the page at an old address: open the new one at the same place, such as a slide.
const link = document.querySelector("a");
location.replace(link.href + location.search + location.hash);
