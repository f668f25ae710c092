/** Where the words of a cell's drawing stand, with widths estimated generously, for the tests of static/draw. */

/** @typedef {Record<string, number>} Sizes */

/** The size of type by class, as the page's tokens have it. @type {Sizes} */
export const SIZES = { letter: 22, number: 13, word: 12.5, sum: 12.5, slope: 12.5, gradient: 13, sub: 10, says: 12.5, tick: 11.5 };
/** The same in the projector. @type {Sizes} */
export const PROJECTED = { letter: 22, number: 15, word: 16, sum: 16, slope: 16, gradient: 15, sub: 12, says: 16, tick: 16 };
/** The same so many times as large. @param {number} type */
export const enlarged = (type) => Object.fromEntries(Object.entries(SIZES).map(([name, size]) => [name, name === "letter" ? size : size * type]));
/** How wide and high a letter is of its size. */
const LETTER = { wide: 0.56, above: 0.74, below: 0.05 };
/** Written on what stands there itself. */
const INSIDE = ["figure", "sign", "function"];

const classOf = (node) => (node.getAttribute("class") ?? "").split(" ")[0];

/** @param {any} node @param {number} size @param {Sizes} [sizes] */
export function widthOf(node, size, sizes = SIZES) {
  const own = sizes[classOf(node)] ?? size;
  const lead = node.textContent === "" ? 0 : Number(node.getAttribute("dx") ?? 0);
  return lead + node.childNodes.reduce((sum, child) => sum + (typeof child === "string" ? child.length * own * LETTER.wide : widthOf(child, own, sizes)), 0);
}

/** @param {any} figure @param {Sizes} [sizes] @returns {{text: string, left: number, right: number, top: number, bottom: number}[]} */
export function textBoxes(figure, sizes = SIZES) {
  return figure.all("text").filter((node) => node.textContent.trim() !== "" && !INSIDE.includes(classOf(node))).map((node) => {
    const [first] = node.children;
    const size = sizes[classOf(node)] ?? sizes[first ? classOf(first) : ""] ?? sizes.word;
    const width = widthOf(node, size, sizes);
    const [x, y] = [Number(node.getAttribute("x")), Number(node.getAttribute("y"))];
    const left = { start: x, middle: x - width / 2, end: x - width }[node.getAttribute("text-anchor") ?? "start"];
    return { text: node.textContent, left, right: left + width, top: y - size * LETTER.above, bottom: y + size * LETTER.below };
  });
}

/** Which of the texts stand on one another. @param {ReturnType<typeof textBoxes>} boxes */
export function collisions(boxes) {
  return boxes.flatMap((a, index) => boxes.slice(index + 1).flatMap((b) => (
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1 ? [`${a.text} on ${b.text}`] : [])));
}
