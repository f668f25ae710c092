/** A picture to take away: title, drawings of the page, what the colours mean, and where it is from, on one sheet. */

import { gate, gradient, signed } from "./colour.js";
import { replace, setStyle, svg } from "./dom.js";
import { freeze, pixelColours } from "./freeze.js";
import { painted } from "./painted.js";

/** @typedef {{family: string, style: string, weight: string, data: string, range?: string}} Face */
/** @typedef {{kind: "signed" | "gate" | "gradient", low: string, high: string, text: string}} Scale */
/** @typedef {{title: string, subtitle: string, names?: string[], scales: Scale[], source: string}} Said  `names`: over each row, where there are several */

const MARGIN = 32;
const BAR = { width: 96, height: 12, patches: 13 };
const COLOURS = {
  signed: (/** @type {number} */ share) => signed(2 * share - 1),
  gate: (/** @type {number} */ share) => gate(share),
  gradient: (/** @type {number} */ share) => gradient(share),
};

/**
 * @param {Document} document
 * @param {HTMLElement} bench  in the page and out of sight: what is drawn there gets the page's style
 * @param {(SVGElement | HTMLElement)[][]} rows  drawings of the page, or what holds its canvases and their names; those of one row stand side by side
 * @param {Said} said
 * @param {Face[]} faces
 * @returns {SVGSVGElement}
 */
export function poster(document, bench, rows, { title, subtitle, names = [], scales, source }, faces) {
  const colours = pixelColours(document);
  const sizes = rows.map((row) => row.map((one) => one.getBoundingClientRect()));
  const width = 2 * MARGIN + Math.max(480, ...sizes.map((row) => row.reduce((sum, box) => sum + box.width, 0)));
  const paper = svg(document, "svg", { class: "picture", width });
  const ground = svg(document, "rect", { class: "picture-ground", width });
  replace(bench, paper);
  let y = MARGIN + 16;
  paper.append(ground, svg(document, "text", { class: "picture-title", x: MARGIN, y, text: title }));
  if (subtitle) paper.append(svg(document, "text", { class: "picture-note", x: MARGIN, y: (y += 24), text: subtitle }));
  y += 20;
  /** @type {SVGElement[]} */
  const drawings = [];
  rows.forEach((row, at) => {
    let x = MARGIN;
    if (names[at]) {
      paper.append(svg(document, "text", { class: "picture-name", x: MARGIN, y: y + 10, text: names[at] }));
      y += 22;
    }
    row.forEach((one, index) => {
      const drawn = one.tagName.toLowerCase() === "svg";
      const copy = drawn ? freeze(document, /** @type {SVGElement} */ (one), { colours, prefix: `p${at}${index}-` }) : painted(document, /** @type {HTMLElement} */ (one), colours);
      const box = sizes[at][index];
      if (copy) {
        for (const [name, value] of Object.entries({ x, y, width: box.width, height: box.height })) copy.setAttribute(name, String(value));
        drawings.push(copy);
      }
      x += box.width;
    });
    y += Math.max(...sizes[at].map(({ height }) => height)) + 20;
  });
  for (const scale of scales) {
    const low = svg(document, "text", { class: "picture-note", x: MARGIN, y: y + 10, text: `${scale.text}  ${scale.low}` });
    paper.append(low);
    const from = MARGIN + low.getComputedTextLength() + 8;
    for (let index = 0; index < BAR.patches; index++) {
      const patch = svg(document, "rect", { x: from + (index * BAR.width) / BAR.patches, y, width: BAR.width / BAR.patches, height: BAR.height });
      setStyle(patch, "fill", COLOURS[scale.kind](index / (BAR.patches - 1)));
      paper.append(patch);
    }
    paper.append(svg(document, "text", { class: "picture-note", x: from + BAR.width + 8, y: y + 10, text: scale.high }));
    y += 22;
  }
  paper.append(svg(document, "text", { class: "picture-note", x: MARGIN, y: (y += 16), text: source }));
  const height = y + MARGIN - 8;
  for (const node of [paper, ground]) node.setAttribute("height", String(height));
  const sheet = /** @type {SVGSVGElement} */ (freeze(document, paper, { colours, prefix: "p-" }));
  replace(bench);
  sheet.setAttribute("viewBox", `0 0 ${width} ${height}`);
  sheet.append(...drawings);
  sheet.prepend(svg(document, "style", { text: faces.map(rule).join("\n") }));
  return sheet;
}

/** @param {Face} face */
function rule({ family, style, weight, data, range }) {
  const only = range ? `unicode-range:${range};` : "";
  return `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};${only}src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}
