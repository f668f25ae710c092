/**
 * What stands in a diagram: valves, memories with a column of units, operations, and the words beside them.
 */

import { gate, onSigned, role, signed } from "./colour.js";
import { set, setStyle, setText, svg, toggle } from "./dom.js";
import { decimals, fit, remnant, result } from "./format.js";
import { cursorAt, heatColumn } from "./heatcolumn.js";
import { share } from "./scale.js";
import { pieces, written } from "./symbol.js";
import { tap } from "./tap.js";

/** @typedef {import("./layouts.js").Place} Place */
/** @typedef {import("./layouts.js").LabelPlace} LabelPlace */
/**
 * @typedef {object} PlacePaint
 * @property {(unit: number) => number} value
 * @property {number} bound
 * @property {boolean} known  false while a prediction hides it
 * @property {number} unit  the unit spoken of
 * @property {boolean} whole  nothing but integers ever stands here
 * @property {string[]} [ticks]  what shut and open mean
 */
/** @typedef {{node: SVGGElement, full: boolean, paint: (paint: PlacePaint) => void}} Drawn  `full`: it says its numbers itself */

const SIGNS = /** @type {Record<string, string>} */ ({ mul: "×", add: "+", sub: "−", neg: "−", matmul: "·", sigmoid: "σ" });
const RING = 23;
const DISC = 16;
/** More units than this are a column of heat; so are fewer, where they have no room for digits. */
const HEAT = 16;
const FEW = 8;
/** The smallest digits; around a row of them; and what a sign, three digits and a point take, in their size. */
const SMALLEST = 10.9;
const ROUND = 12;
/** What is said in an operation of the usual width is at most so many times as large as digits. */
const PILL = 0.96;
const SIGNS_WIDE = 2.7;
/** The lines of a label from top to bottom. */
const LINES = ["letter", "sum", "number", "slope", "word", "rest", "gradient"];
/** Those that stand in one line with the letter or, where that stands above a box, below the box; and from line to line there. */
const UNDER = ["word", "slope", "gradient"];
const LEADING = 15;
/** How far below its letter an index hangs. */
const INDEX = 4;
/** Where a word may be broken: after a sign, else after its first part. */
const BREAK = /^(.*?[,:，：]|.{3,}?(?= )) ?(.+)$/;
/** From the wire above a gate to what shut and open mean. */
const TICK = 8;
/** From this width on, a box alone has room for five digits. */
const EXACT = 100;

/**
 * @param {Document} document
 * @param {Place} place
 * @param {{units: number, role: string, op: string | null, label: string | null}} what
 * @returns {Drawn}
 */
export function draw(document, place, what) {
  const node = svg(document, "g", { class: `place place-${place.shape}`, transform: `translate(${place.x} ${place.y})` });
  if (place.shape === "op") return { node, ...operation(document, node, place, what) };
  if (place.shape === "port") return { node, full: false, paint: () => undefined };
  if (place.tap && place.share && what.units === 1) return { node, ...tap(document, node, { ring: RING, disc: DISC, share: place.share, turned: place.turned === true }) };
  if (place.shape === "valve" && what.units === 1 && what.role === "gate") return { node, ...valve(document, node, place) };
  const bare = what.units > FEW && digitsOf(place, what.units).type === 0;
  return { node, ...(what.units > HEAT || bare ? heatColumn : column)(document, node, place, what) };
}

/** How high a box is where a column has several, the gap between them, and the size of the digits in it; 0: none. @param {Place} place @param {number} units */
function digitsOf({ width = 44, height: room = 88 }, units) {
  const gap = units > FEW ? 0.5 : 2;
  const each = Math.min(52, (room - 8 - (units - 1) * gap) / units);
  // In a box that is high and wide they grow with it, as long as six of them fit.
  const most = Math.max(15.5, Math.min(each * 0.62, width / 4.5));
  const type = Math.min(most, each * 0.8, (width - ROUND) / SIGNS_WIDE);
  return { each, gap, type: type >= SMALLEST ? type : 0 };
}

/** What an operation does: its sign, and the number or the parameter that it does it with. @param {string} op @param {string | null} label */
function said(op, label) {
  return label || (SIGNS[op] ?? op);
}

/** Half the width of an operation. @param {string} op @param {string | null} label  as the diagram has it: `1 −`, `U_n ·` */
export function operationHalf(op, label) {
  const long = pieces(said(op, label)).reduce((sum, { text, sub }) => sum + text.length * (sub ? 0.7 : 1), 0);
  return long > 1 ? 4 + long * 4 : 12;
}

/**
 * @param {Document} document
 * @param {SVGGElement} node
 * @param {Place} place  of a width of its own where words are larger than in the page
 * @param {{op: string | null, label: string | null}} what
 */
function operation(document, node, { width }, { op, label }) {
  const least = operationHalf(op ?? "", label);
  const half = (width ?? 0) / 2 || least;
  const long = least > 12;
  if (half > least) setStyle(node, "--pill", String(PILL * half / least));
  node.append(
    svg(document, "rect", { class: "ground", x: -half, y: -12, width: 2 * half, height: 24, rx: 12 }),
    svg(document, "text", { class: long ? "function" : "sign", y: long ? 4 : 5.5 }, ...written(document, said(op ?? "", label))),
  );
  return { full: false, paint: () => undefined };
}

/**
 * The slot of a valve is a line when it is shut and a full disc when it is open; its area is the opening.
 * @param {Document} document
 * @param {SVGGElement} node
 * @param {Place} place
 */
function valve(document, node, { share: shared }) {
  const disc = svg(document, "ellipse", { class: "disc", rx: DISC });
  const text = svg(document, "text", { class: "figure", y: 5.5, "font-size": 15.5 });
  node.append(svg(document, "circle", { class: "ring", r: RING }), ...(shared ? [svg(document, "circle", { class: "rest", r: DISC })] : []), disc, text);
  return {
    full: false,
    /** @param {PlacePaint} paint */
    paint({ value, known }) {
      const opening = known ? Math.min(1, Math.max(0, value(0))) : 0;
      set(disc, "ry", Math.max(0.1, DISC * (opening || 0)).toFixed(2));
      setText(text, known ? "" : "?");
      toggle(node, "is-hidden", !known);
    },
  };
}

/**
 * @param {Document} document
 * @param {SVGGElement} node
 * @param {Place} place
 * @param {{units: number, role: string}} what
 */
function column(document, node, place, { units, role: kind }) {
  const width = place.width ?? 44;
  const room = place.height ?? 88;
  const gated = kind === "gate";
  const fromRight = place.tap && (place.share === "kept") !== (place.turned === true);
  const several = digitsOf(place, units);
  const { gap } = several;
  const each = units === 1 ? Math.min(room, gated ? 22 : place.shape === "valve" ? 46 : 76) : several.each;
  const high = units * each + (units - 1) * gap;
  const pad = units === 1 ? 0 : 4;
  const exactly = units === 1 && (place.exact || width >= EXACT);
  const type = units === 1 ? (exactly ? 24 * Math.min(1, width / 128) : 14.5) : several.type;
  const inner = width - 2 * pad;
  const corner = units === 1 ? 14 : Math.min(6, each / 3);
  if (pad) {
    const shell = svg(document, "rect", { class: "shell", x: -width / 2, y: -high / 2 - pad, width, height: high + 2 * pad, rx: 9 });
    setStyle(shell, "stroke", kind === "state" ? "var(--line-state)" : role(kind));
    node.append(shell);
  }
  const cells = Array.from({ length: units }, (_, unit) => {
    const y = -high / 2 + unit * (each + gap);
    const track = svg(document, "rect", { class: "track", x: -inner / 2, y, width: inner, height: each, rx: corner });
    // A number on a half-filled bar could be read on one half only: the bar then runs below it.
    const bar = gated && type ? Math.max(3, each * 0.22) : each;
    const rest = place.share ? svg(document, "rect", { class: "rest", x: -inner / 2, y: y + each - bar, width: inner, height: bar, rx: Math.min(corner, bar / 2) }) : null;
    const box = svg(document, "rect", { class: "box", x: -inner / 2, y: y + each - bar, width: inner, height: bar, rx: Math.min(corner, bar / 2) });
    if (units === 1) setStyle(box, "stroke", kind === "state" ? "var(--line-state)" : role(kind));
    const text = svg(document, "text", { class: "figure", y: y + (gated ? each * 0.44 : each / 2) + type * 0.36, "font-size": type });
    node.append(...(gated ? [track] : []), ...(rest ? [rest] : []), box, ...(type ? [text] : []));
    return { box, text };
  });
  const ticks = place.ticks ? [-1, 1].map((end) => svg(document, "text", { class: "tick", x: end * TICK, y: -high / 2 - pad - 6, "text-anchor": end < 0 ? "end" : "start" })) : [];
  node.append(...ticks);
  const cursor = svg(document, "path", { class: "cursor", visibility: "hidden" });
  node.append(cursor);
  const digits = type ? (inner - 4) / (type * 0.6) : 0;
  const written = (/** @type {number} */ now, /** @type {number} */ most, /** @type {boolean | undefined} */ whole) => (units === 1 ? remnant(now, digits, { whole, most }) : fit(now, digits, whole, most));
  return {
    full: units === 1 ? exactly : type > 0,
    /** @param {PlacePaint} paint */
    paint({ value, bound, known, unit, whole, ticks: meant = [] }) {
      toggle(node, "is-hidden", !known);
      ticks.forEach((tick, at) => setText(tick, meant[at] ?? ""));
      cells.forEach(({ box, text }, at) => {
        const now = known ? value(at) : NaN;
        const part = gated ? Math.min(1, Math.max(0, now || 0)) : share(now, bound);
        setStyle(box, "fill", known && Number.isFinite(now) ? (gated ? gate(0.35 + 0.65 * part) : signed(part)) : "");
        const wide = known ? Math.max(1, part * inner) : inner;
        if (gated) set(box, "width", wide.toFixed(1));
        if (fromRight) set(box, "x", (inner / 2 - wide).toFixed(1));
        const endless = now === Infinity || now === -Infinity;
        toggle(box, "is-overflow", endless);
        toggle(box, "is-beyond", !gated && !endless && Math.abs(now) > bound);
        setText(text, known && type && now === now ? (whole || !exactly ? written(now, decimals(bound), whole) : result(now)) : known || at !== 0 ? "" : "?");
        setStyle(text, "fill", !known || endless ? "" : gated ? "var(--ink)" : onSigned(part));
      });
      const spoken = units > 1 && unit < units;
      set(cursor, "visibility", spoken ? "visible" : "hidden");
      if (spoken) set(cursor, "d", cursorAt(width, -high / 2 + unit * (each + gap) + each / 2, each));
    },
  };
}

/**
 * `says`: what the letter means; `sum`: the function and what it is taken of; `slope`: the function's derivative there.
 * @typedef {{letter: string, sub?: string, says?: string, sum?: string, number: string, word: string, slope?: string, gradient: string}} LabelText
 */

/**
 * Letter, sum, number, word, slope and gradient of a place: stacked, in one line, or above and below a box.
 * @param {Document} document
 * @param {LabelPlace} place
 * @param {string} kind
 */
export function label(document, place, kind) {
  const node = svg(document, "g", { class: "label" });
  const { under } = place;
  const flowing = place.inline || under;
  const parts = Object.fromEntries(LINES.map((name) => [name, svg(document, flowing && !(under && UNDER.includes(name)) ? "tspan" : "text", { class: name === "rest" ? "word" : name })]));
  const breaks = breaking(/** @type {SVGTextElement} */ (parts.word), place.room);
  const sub = svg(document, "tspan", { class: "sub" });
  const plain = svg(document, "tspan");
  const says = svg(document, "tspan", { class: "says" });
  parts.letter.append(plain, sub, says);
  setStyle(parts.letter, "fill", role(kind));
  if (flowing) {
    const line = svg(document, "text", { x: place.x, y: place.y, "text-anchor": place.anchor }, parts.letter, parts.number);
    const rest = UNDER.map((name) => parts[name]);
    parts.number.setAttribute("dx", "8");
    if (under) rest.forEach((part) => [set(part, "x", under.x), set(part, "text-anchor", under.anchor)]);
    else rest.forEach((part) => [part.setAttribute("dx", "8"), line.append(part)]);
    node.append(line, ...(under ? rest : []));
  } else {
    for (const part of Object.values(parts)) {
      set(part, "x", place.x);
      set(part, "text-anchor", place.anchor);
      node.append(part);
    }
  }
  return {
    node,
    /**
     * @param {LabelText} text
     * @param {number} enlarged  how much larger than drawn the type is
     */
    paint(text, enlarged) {
      setText(plain, text.letter);
      setText(sub, text.sub ?? "");
      set(sub, "dy", text.sub ? INDEX : null);
      setText(says, text.says ? ` ${text.says}` : "");
      set(says, "dy", text.says && text.sub ? -INDEX : null);
      setText(parts.number, text.number);
      setText(parts.sum, text.sum ?? "");
      setText(parts.slope, text.slope ?? "");
      // Where lines are short, a gradient's name takes the place of the word; below a box there is room for two of them.
      const cut = place.slim || under ? text.gradient.lastIndexOf(" ") + 1 : 0;
      const named = cut > 0 && !(under && text.slope);
      const shown = { ...text, gradient: text.gradient.slice(cut), word: named ? text.gradient.slice(0, cut - 1) : under && text.gradient ? "" : text.word };
      const [word, rest] = breaks(shown.word, enlarged);
      setText(parts.word, word);
      setText(parts.rest, rest);
      setText(parts.gradient, shown.gradient);
      for (const part of [parts.word, parts.rest]) toggle(part, "is-gradient", named);
      if (flowing) set(parts.number, "dy", text.sub && !text.says ? -INDEX : null);
      if (under) UNDER.filter((name) => /** @type {any} */ (shown)[name]).forEach((name, index) => set(parts[name], "y", under.y + LEADING * index * enlarged));
      if (flowing) return;
      // An index hangs below its letter.
      let y = place.y + (text.sub ? INDEX * enlarged : 0);
      for (const name of LINES) {
        const step = name === "letter" ? 0 : name === "number" ? 18 : 17;
        if (name !== "letter" && !(name === "rest" ? rest : /** @type {any} */ (shown)[name])) continue;
        y += step * enlarged;
        set(parts[name], "y", name === "letter" ? place.y : y);
      }
    },
  };
}

/**
 * Words that are longer than their room take two lines; measured once for each word and size of type, since to measure makes the browser
 * lay the drawing out on the spot.
 * @param {SVGTextElement} node
 * @param {number | undefined} room
 * @returns {(word: string, enlarged: number) => [string, string]}
 */
function breaking(node, room) {
  /** @type {Map<string, boolean>} */
  const long = new Map();
  return (word, enlarged) => {
    const [, first, rest] = BREAK.exec(word) ?? [];
    if (room === undefined || !rest) return [word, ""];
    // Themes have type of their own size, and a font that is still to come has other letters.
    const { documentElement, fonts } = node.ownerDocument;
    const key = [word, enlarged, documentElement.dataset.theme, fonts?.status].join();
    if (!long.has(key)) {
      setText(node, word);
      long.set(key, node.getComputedTextLength() > room);
    }
    return long.get(key) ? [first, rest] : [word, ""];
  };
}
