"""Which words and marks of a page do not stand out from what is behind them."""

#: A function of JavaScript that gives some of them. By WCAG 2.2 text needs 4.5 to 1, marks 3 to 1.
CONTRAST = """() => {
  const numbers = text => text.match(/[0-9.]+/g).map(Number);
  const light = text => {
    const [r, g, b] = numbers(text).map(n => n / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = node => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
  };
  const low = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const ink = node instanceof SVGElement ? style.fill : style.color;
    const pair = [light(ink), light(behind(node))].sort((a, b) => b - a);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 4.5) low.push(walk.currentNode.data);
  }
  const page = light(getComputedStyle(document.body).backgroundColor);
  for (const mark of document.querySelectorAll("svg .bar, svg .dot")) {
    const pair = [light(getComputedStyle(mark).fill), page].sort((a, b) => b - a);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 3) low.push(mark.outerHTML);
  }
  return [...new Set(low)].slice(0, 5);
}"""
