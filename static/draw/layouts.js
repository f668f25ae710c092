/**
 * Drawings made by hand for cells that are met often. The key is the set of node ids of the diagram, so that a cell under any name is
 * recognised by its structure alone; every other cell is laid out by `layout.js`.
 */

/** @typedef {"valve" | "state" | "port" | "op"} Shape */
/** @typedef {{x: number, y: number, anchor: "start" | "middle" | "end"}} TextPlace */
/** @typedef {TextPlace & {inline?: boolean, under?: TextPlace}} LabelPlace  `under`: where the second line of a label in two lines stands */
/** @typedef {{shape: Shape, x: number, y: number, width?: number, height?: number, exact?: boolean, label?: LabelPlace}} Place  `exact`: the box says all its digits */
/** @typedef {{from: string, to: string, name: string, d: string, stub?: boolean, onward?: boolean}} Wire */
/** @typedef {{wire?: string, op?: string, word?: string, stub?: string, onward?: string, x: number, y: number, anchor: "start" | "middle" | "end"}} Note */
/** @typedef {{width: number, height: number, full?: boolean, places: Record<string, Place>, wires: Wire[], notes: Note[]}} Drawing  `full`: no corner is free for the card's head */

/** @type {(shape: Shape, x: number, y: number, label?: LabelPlace, size?: [number, number]) => Place} */
const at = (shape, x, y, label, size) => ({ shape, x, y, label, width: size?.[0], height: size?.[1] });
/** @type {(x: number, y: number, inline?: boolean) => LabelPlace} */
const right = (x, y, inline) => ({ x, y, anchor: "start", inline });
/** @type {(x: number, y: number) => LabelPlace} */
const left = (x, y) => ({ x, y, anchor: "end" });
/** @type {(x: number, y: number) => LabelPlace} */
const below = (x, y) => ({ x, y, anchor: "middle" });
/** @type {(edge: string, d: string, name?: string) => Wire} */
const wire = (edge, d, name) => {
  const [from, to] = edge.split(" ");
  return { from, to, name: name ?? from, d };
};
/** @type {(to: string, x: number, y: number, name?: string) => Wire} */
const stub = (to, x, y, name = "x") => ({ from: name, to, name, d: `M${x} ${y + 12} V${y}`, stub: true });
/** @type {(x: number, y: number, name?: string) => Note} */
const tail = (x, y, name = "x") => ({ stub: name, x, y: y + 26, anchor: "middle" });

/**
 * One unit: gates as valves around the memory, which loops back into itself on the right.
 * @param {{width: number, top: number, gates: number, middle: number, box: number, loop: number, forget: number, beside: boolean}} paper
 * @returns {Drawing}
 */
function valves({ width, top, gates, middle, box, loop, forget, beside }) {
  const y = (/** @type {number} */ at) => top + at;
  const half = box / 2;
  const [o, c, add, i, z] = [y(50), y(142), y(196), y(238), y(284)];
  /** @type {Drawing} */
  const drawing = {
    width, height: y(beside ? 312 : 330),
    places: {
      o: at("valve", gates, o, beside ? left(gates - 36, o - 8) : below(gates, o + 42)),
      y: at("port", middle, y(6), right(middle + 16, y(18), true)),
      c: at("state", middle, c, left(middle - half - (beside ? 12 : 8), c - 10), [box, 68]),
      f: at("valve", forget, c + 10, beside ? right(forget + 36, c) : below(forget, c + 52)),
      i: at("valve", gates, i, beside ? left(gates - 36, i - 8) : below(gates, i + 42)),
      z: at("port", middle, z - 8, right(middle + 16, z, true)),
      x: at("port", middle, y(300)),
    },
    wires: [...loops({ gates, middle, half, loop, forget, o, c, tall: 68, add, i, top: y(4) }), wire("z c/1", `M${middle} ${z} V${i + 12}`)],
    notes: [
      { wire: "c_prev c/0", word: "cell.before", x: middle + half + 18, y: c - 28, anchor: "start" },
      { wire: "c/0 c/", word: "cell.kept", x: beside ? middle + half : middle + 20, y: add + 20, anchor: "start" },
      { op: "c/1", x: middle + 22, y: i - 2, anchor: "start" },
    ],
  };
  Object.assign(drawing.places, meetings({ middle, half, loop, o, c, add, i }));
  const fed = /** @type {[string, number, number][]} */ ([["o", gates, o], ["f", forget, c + 10], ["i", gates, i]]);
  for (const [to, x, at] of fed) {
    if (beside) {
      drawing.wires.push(stub(to, x, at + 24));
      drawing.notes.push(tail(x, at + 24));
    } else aside(drawing, to, x, at);
  }
  drawing.wires.push(stub("z", middle, z));
  drawing.notes.push(tail(middle, z));
  return drawing;
}

/** Where two things meet, the same in the high and in the low drawing. @param {Record<"middle" | "half" | "loop" | "o" | "c" | "add" | "i", number>} paper @returns {Record<string, Place>} */
function meetings({ middle, half, loop, o, c, add, i }) {
  return { "y/": at("op", middle, o), c_prev: at("port", middle + half, c - 16), "c/0": at("op", loop, c + 10), "c/": at("op", middle, add), "c/1": at("op", middle, i) };
}

/** @param {Record<"gates" | "middle" | "half" | "loop" | "forget" | "o" | "c" | "tall" | "add" | "i" | "top", number>} paper */
function loops({ gates, middle, half, loop, forget, o, c, tall, add, i, top }) {
  const edge = tall / 2 + 1;
  return [
    wire("o y/", `M${gates + 24} ${o} H${middle - 12}`),
    wire("c y/", `M${middle} ${c - edge} V${o + 12}`),
    wire("y/ y", `M${middle} ${o - 12} V${top}`),
    wire("c_prev c/0", `M${middle + half + 1} ${c - 16} H${loop} V${c - 2}`),
    wire("f c/0", `M${forget - 24} ${c + 10} H${loop + 12}`),
    wire("c/0 c/", `M${loop} ${c + 22} V${add} H${middle + 12}`),
    wire("c/ c", `M${middle} ${add - 12} V${c + edge}`),
    wire("c/1 c/", `M${middle} ${i - 12} V${add + 12}`),
    wire("i c/1", `M${gates + 24} ${i} H${middle - 12}`),
  ];
}

/** What a valve reads comes from the side. @param {Drawing} drawing @param {string} to @param {number} x @param {number} y */
function aside(drawing, to, x, y) {
  const side = to === "f" ? 1 : -1;
  drawing.wires.push({ from: "x", to, name: "x", d: `M${x + side * 36} ${y} H${x + side * 24}`, stub: true });
  drawing.notes.push({ stub: "x", x: x + side * 43, y: y + 5, anchor: "middle" });
}

/** The same for a wide and low card: what is written comes in from the right. @returns {Drawing} */
function lowValves() {
  const [gates, middle, half, loop, forget] = [178, 330, 64, 494, 562];
  const [o, c, add, i] = [40, 114, 166, 206];
  const z = middle + 96;
  /** @type {Drawing} */
  const drawing = {
    width: 740, height: 236,
    places: {
      o: at("valve", gates, o, left(gates - 56, o - 8)),
      y: at("port", middle, 10, right(middle + 16, 18, true)),
      c: at("state", middle, c, left(middle - half - 12, c - 10), [2 * half, 60]),
      f: at("valve", forget, c + 10, right(forget + 56, c + 2)),
      i: at("valve", gates, i, left(gates - 56, i - 8)),
      z: at("port", z, i, right(z - 62, i + 22, true)),
      x: at("port", z + 30, i),
      ...meetings({ middle, half, loop, o, c, add, i }),
    },
    wires: [...loops({ gates, middle, half, loop, forget, o, c, tall: 60, add, i, top: 4 }), wire("z c/1", `M${z} ${i} H${middle + 12}`)],
    notes: [
      { wire: "c_prev c/0", word: "cell.before", x: middle + half + 16, y: c - 26, anchor: "start" },
      { wire: "c/0 c/", word: "cell.kept", x: middle + half, y: add - 10, anchor: "start" },
      { op: "c/1", x: middle - 20, y: i - 26, anchor: "end" },
      { stub: "x", x: z + 25, y: i + 5, anchor: "middle" },
    ],
  };
  aside(drawing, "o", gates, o);
  aside(drawing, "f", forget, c + 10);
  aside(drawing, "i", gates, i);
  drawing.wires.push({ from: "x", to: "z", name: "x", d: `M${z + 16} ${i} H${z}`, stub: true });
  return drawing;
}

/** The memory as a conveyor from left to right, gates below it: room for a column of units in each. */
const BELT = 50;
const BRANCH = 116;
const GATES = 194;
const HALF = 36;
const BOX = /** @type {[number, number]} */ ([56, 84]);

/**
 * @param {{value: string, out: string, fed: boolean, squash: boolean}} kind
 * @returns {Drawing}
 */
function conveyor({ value, out, fed, squash }) {
  const fx = 118, ix = 222, gx = 306, cx = 406, ox = 508, rail = 306;
  const last = `${out}/`;
  const roof = GATES - HALF + 10;
  /** @type {Drawing} */
  const drawing = {
    width: 632, height: fed ? 330 : 316, full: true,
    places: {
      c_prev: at("state", 36, BELT, below(36, BELT + 60), BOX),
      "c/0": at("op", fx, BELT), "c/": at("op", 264, BELT), "c/1": at("op", 264, BRANCH),
      c: at("state", cx, BELT, below(cx, BELT + 60), BOX),
      [last]: at("op", ox, BRANCH),
      [out]: at("state", 592, BRANCH, below(592, BRANCH + 60), BOX),
      x: at("port", 58, rail),
    },
    wires: [
      wire("c_prev c/0", `M65 ${BELT} H${fx - 13}`), wire("c/0 c/", `M${fx + 13} ${BELT} H251`), wire("c/ c", `M277 ${BELT} H${cx - 29}`),
      wire("f c/0", `M${fx} ${roof} V${BELT + 13}`),
      wire("i c/1", `M${ix} ${roof} V${BRANCH} H251`), wire(`${value} c/1`, `M${gx} ${roof} V${BRANCH} H277`), wire("c/1 c/", `M264 ${BRANCH - 13} V${BELT + 13}`),
      wire(`o ${last}`, `M${ox} ${roof} V${BRANCH + 13}`), wire(`${last} ${out}`, `M${ox + 13} ${BRANCH} H563`),
      { from: "c", to: "", name: "c", d: `M${cx + 29} ${BELT} H624`, onward: true },
    ],
    notes: [
      { wire: "c/0 c/", word: "cell.kept", x: fx + 20, y: BELT - 12, anchor: "start" },
      { op: "c/1", x: 280, y: BELT + 34, anchor: "start" },
      { onward: "c", x: 624, y: BELT - 12, anchor: "end" },
      { stub: "x", x: 52, y: rail + 4, anchor: "end" },
    ],
  };
  if (squash) {
    const tanh = `${out}:tanh`;
    drawing.places[tanh] = at("op", 458, BRANCH);
    drawing.wires.push(wire(`c ${tanh}`, `M${cx + 29} ${BELT} H458 V${BRANCH - 13}`), wire(`${tanh} ${last}`, `M479 ${BRANCH} H${ox - 13}`));
  } else drawing.wires.push(wire(`c ${last}`, `M${cx + 29} ${BELT} H${ox} V${BRANCH - 13}`));
  for (const [name, x] of /** @type {[string, number][]} */ ([["f", fx], ["i", ix], [value, gx], ["o", ox]])) {
    drawing.places[name] = at("valve", x, GATES, below(x, GATES + HALF + 18), [46, 2 * HALF]);
    drawing.wires.push({ from: "x", to: name, name: "x", d: `M58 ${rail} H${x - 7} V${rail - 14}`, stub: true });
    if (fed) drawing.wires.push({ from: "h_prev", to: name, name: "h_prev", d: `M58 ${rail + 14} H${x + 7} V${rail - 14}`, stub: true });
  }
  if (fed) {
    drawing.places.h_prev = at("port", 58, rail + 14);
    drawing.notes.push({ stub: "h_prev", x: 52, y: rail + 18, anchor: "end" });
  }
  return drawing;
}

/**
 * One layer that is its own memory.
 * @param {string} state
 * @param {string | null} out  what a readout makes of it
 * @param {{width: number, before: number, middle: number, box: number, side: number, low?: boolean}} paper
 * @returns {Drawing}
 */
function plain(state, out, { width, before, middle, box, side, low }) {
  const tall = low ? { state: 60, out: 48, x: 48, gap: 34 } : { state: 92, out: 66, x: 70, gap: 52 };
  const top = 4 + tall.out / 2;
  const y = (out ? top + tall.out / 2 + tall.gap : 14) + tall.state / 2;
  const x = y + tall.state / 2 + tall.gap + tall.x / 2;
  const half = box / 2;
  const small = side / 2;
  const end = width - 16;
  const [over, under] = [y - tall.state / 2 - 1, y + tall.state / 2 + 1];
  /** @type {Drawing} */
  const drawing = {
    width, height: x + tall.x / 2 + (low ? 6 : 12),
    places: {
      [`${state}_prev`]: at("state", before, y, below(before, under + (low ? 16 : 19)), [side, tall.state]),
      [state]: at("state", middle, y, right(middle + half + 14, y + 22), [box, tall.state]),
      x: at("state", middle, x, right(middle + small + 16, x - 4), [side, tall.x]),
    },
    wires: [
      wire(`${state}_prev ${state}`, `M${before + small + 1} ${y} H${middle - half - 1}`), wire(`x ${state}`, `M${middle} ${x - tall.x / 2 - 1} V${under}`),
      { from: state, to: "", name: state, d: `M${middle + half + 1} ${y} H${end}`, onward: true },
    ],
    notes: [
      { wire: `${state}_prev ${state}`, x: (before + small + middle - half) / 2, y: y - 12, anchor: "middle" },
      { wire: `x ${state}`, x: middle + 14, y: under + tall.gap / 2 + 5, anchor: "start" },
      { onward: state, x: end, y: y - 12, anchor: "end" },
    ],
  };
  if (out) {
    drawing.places[out] = at("state", middle, top, left(middle - small - 16, top - 4), [side, tall.out]);
    drawing.wires.push(wire(`${state} ${out}`, `M${middle} ${over} V${top + tall.out / 2 + 1}`));
    drawing.notes.push({ wire: `${state} ${out}`, x: middle + 14, y: over - tall.gap / 2 + 5, anchor: "start" });
  }
  return drawing;
}

const WIDE = { width: 628, before: 60, middle: 314, box: 128, side: 84 };
const NARROW = { width: 372, before: 46, middle: 190, box: 96, side: 72 };
const LOW = { width: 700, before: 80, middle: 340, box: 128, side: 84, low: true };
/** A card that is more than so many times as wide as it is high has the low drawing; a column of more units would not fit into that. */
const FLAT = 2.5;
const MOST_LOW = 3;

/** @param {string} ids */
const key = (ids) => ids.split(" ").sort().join(" ");

const gated = "x c_prev i f o c c/ c/0 c/1";
/** @typedef {{one: Drawing, many: Drawing, narrow: Drawing, narrowMany?: Drawing, low?: Drawing, lowMany?: Drawing}} Drawings */
const TABLE = /** @type {Record<string, Drawings>} */ ({
  [key(`${gated} z y y/`)]: {
    one: valves({ width: 612, top: 0, gates: 124, middle: 262, box: 128, loop: 412, forget: 482, beside: true }),
    narrow: valves({ width: 372, top: 0, gates: 56, middle: 178, box: 104, loop: 262, forget: 322, beside: false }),
    low: lowValves(),
    many: conveyor({ value: "z", out: "y", fed: false, squash: false }),
  },
  [key(`${gated} g h h/ h:tanh h_prev`)]: everywhere(conveyor({ value: "g", out: "h", fed: true, squash: true })),
  [key("x h h_prev")]: onPaper((paper) => plain("h", null, paper)),
  [key("x h h_prev y")]: onPaper((paper) => plain("h", "y", paper)),
});

/** @param {Drawing} drawing @returns {Drawings} */
function everywhere(drawing) {
  return { one: drawing, narrow: drawing, many: drawing };
}

/** @param {(paper: typeof WIDE & {low?: boolean}) => Drawing} draw @returns {Drawings} */
function onPaper(draw) {
  return { one: draw(WIDE), narrow: draw(NARROW), many: draw(WIDE), narrowMany: draw(NARROW), low: draw(LOW), lowMany: draw(LOW) };
}

/**
 * @param {{id: string}[]} nodes
 * @param {number} units
 * @param {{narrow: boolean, aspect: number}} room  `narrow`: a telephone's width; `aspect`: width by height
 * @returns {Drawing | null}
 */
export function drawingFor(nodes, units, { narrow, aspect }) {
  const found = TABLE[key(nodes.map((node) => node.id).join(" "))];
  if (!found) return null;
  const low = !narrow && aspect > FLAT && units <= MOST_LOW;
  if (units > 1) return (low && found.lowMany) || (narrow && found.narrowMany) || found.many;
  return (low && found.low) || (narrow ? found.narrow : found.one);
}
