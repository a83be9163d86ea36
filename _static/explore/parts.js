/* What the explorables of the articles are made of: elements of pages and drawings, and boxes with sliders. */
window.explore = {
  add(parent, name, attributes, text = "") {
    const svg = name === "svg" || parent.namespaceURI.endsWith("svg");
    const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.textContent = text;
    return parent.appendChild(node);
  },
  makeBox() {
    const box = document.createElement("div");
    box.className = "explore";
    return box;
  },
  addSlider(box, id, words, attributes) {
    const label = explore.add(box, "label", { for: id }, words);
    const shown = explore.add(label, "strong", {});
    return { shown, input: explore.add(box, "input", { id, type: "range", ...attributes }) };
  },
};
