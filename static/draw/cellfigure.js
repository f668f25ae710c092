/**
 * The drawing of a cell: wires below, what stands on them above, words beside it.
 */

import { role } from "./colour.js";
import { set, setStyle, setText, svg, toggle } from "./dom.js";
import { draw, label } from "./places.js";
import { written } from "./symbol.js";

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {import("./layouts.js").Wire} Wire */
/** @typedef {{id: string, kind: string, name: string | null, op: string | null, role: string | null, label: string | null, of: string | null}} Node */
/** @typedef {{wire: Wire, node: SVGGElement, path: SVGPathElement, pulse: SVGPathElement}} DrawnWire */
/** @typedef {{node: Node, place: import("./layouts.js").Place, drawn: import("./places.js").Drawn, label: ReturnType<typeof label> | null, group: SVGGElement}} DrawnPlace */
/** @typedef {{note: import("./layouts.js").Note, node: SVGGElement, paint: (word: string, number: string, enlarged: number) => void}} DrawnNote */
/** @typedef {{figure: SVGSVGElement, paper: Drawing, wires: DrawnWire[], places: DrawnPlace[], notes: DrawnNote[]}} CellFigure */

/** Between a word, or a wire, and its number. */
const GAP = 5;

/**
 * @param {Document} document
 * @param {Drawing} drawing
 * @param {Node[]} nodes
 * @param {{address: (node: Node) => string | null, units: (node: Node) => number, nameOf: (wire: Wire) => string | null, roleOf: (name: string) => string}} how
 * @returns {CellFigure}
 */
export function cellFigure(document, drawing, nodes, { address, units, nameOf, roleOf }) {
  const figure = svg(document, "svg", { class: "cell-figure", viewBox: viewOf(drawing, 0), preserveAspectRatio: "xMidYMid meet", role: "group" });
  const below = svg(document, "g", { class: "wires", "aria-hidden": "true" });
  const above = svg(document, "g", { class: "places" });
  const beside = svg(document, "g", { class: "notes", "aria-hidden": "true" });
  figure.append(arrow(document), below, above, beside);
  if (drawing.band) below.append(svg(document, "path", { class: "belt", d: drawing.band.d, "stroke-width": drawing.band.width }));

  const wires = drawing.wires.map((wire) => {
    const path = svg(document, "path", { class: "wire", d: wire.d });
    const pulse = svg(document, "path", { class: "pulse", d: wire.d, pathLength: 100 });
    const node = svg(document, "g", { class: wire.stub ? "wiring is-stub" : wire.onward ? "wiring is-onward" : "wiring", "data-name": nameOf(wire) }, path, pulse);
    setStyle(node, "stroke", lineOf(roleOf(wire.name)));
    below.append(node);
    return { wire, node, path, pulse };
  });

  /** @type {DrawnPlace[]} */
  const places = [];
  for (const node of nodes) {
    const place = drawing.places[node.id];
    if (!place) continue;
    const full = address(node);
    const drawn = draw(document, place, { units: units(node), role: node.role || "value", op: node.op, label: node.kind === "op" ? node.label : null });
    const text = place.label ? label(document, place.label, node.role || "value") : null;
    const group = svg(document, "g", { class: "standing", "data-name": full, "data-address": full, ...(full && (place.label || place.shape !== "port") ? { role: "button", tabindex: "-1" } : {}) }, drawn.node, text?.node);
    above.append(group);
    places.push({ node, place, drawn, label: text, group });
  }

  const notes = drawing.notes.map((note) => {
    const apart = Boolean((note.op && !note.bare) || note.drop || note.rise);
    const node = svg(document, "g", { class: `note${["stub", "op", "slope"].filter((kind) => kind in note).map((kind) => ` note-${kind}`).join("")}` });
    const word = svg(document, "text", { class: "word", x: note.x, y: note.y, "text-anchor": note.anchor });
    const number = svg(document, apart ? "text" : "tspan", { class: "number", ...(apart ? { x: note.x, "text-anchor": note.anchor } : note.stub ? { dx: 1, dy: 3 } : {}) });
    const lead = svg(document, "tspan");
    if (note.stub) setStyle(node, "fill", role(roleOf(note.stub)));
    word.append(lead);
    if (apart) node.append(word, number);
    else {
      word.append(number);
      node.append(word);
    }
    beside.append(node);
    return {
      note, node,
      /** @type {DrawnNote["paint"]} */
      paint(text, value, enlarged) {
        const line = 17 * enlarged;
        if (note.rise) set(word, "y", note.y - (value ? line : 0));
        if (apart) set(number, "y", note.y + (note.rise ? 0 : note.drop ?? line));
        if (lead.getAttribute("data-said") !== text) {
          set(lead, "data-said", text);
          lead.replaceChildren(...written(document, text));
          // A number alone ends where it is to end; where it begins beside a wire it keeps its gap from that.
          if (!apart && !note.stub) set(number, "dx", text || note.anchor === "start" ? GAP : null);
        }
        setText(number, value);
      },
    };
  });
  return { figure, paper: drawing, wires, places, notes };
}

/** The part of the plane that is seen. @param {Drawing} drawing @param {number} foot  what it is higher than the drawing */
export function viewOf({ width, height, side = 0 }, foot) {
  return `${-side} 0 ${width + side} ${height + foot}`;
}

/** How large a drawing comes out in the room it has. @param {SVGSVGElement} figure */
export function scaleOf(figure) {
  const { width, height } = figure.viewBox.baseVal;
  return Math.min(figure.clientWidth / width, figure.clientHeight / height) || 1;
}

/** @param {string} kind */
function lineOf(kind) {
  return kind === "state" || kind === "gate" ? `var(--line-${kind})` : role(kind);
}

/** @param {Document} document */
function arrow(document) {
  const head = svg(document, "marker", { id: "cell-back", viewBox: "0 0 10 10", refX: 6, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" },
    svg(document, "path", { class: "arrow", d: "M1 1 L8 5 L1 9" }));
  const on = svg(document, "marker", { id: "cell-on", viewBox: "0 0 10 10", refX: 6, refY: 5, markerWidth: 11, markerHeight: 11, markerUnits: "userSpaceOnUse", orient: "auto" },
    svg(document, "path", { class: "arrow-on", d: "M1 1 L8 5 L1 9" }));
  return svg(document, "defs", {}, head, on);
}

/**
 * How much flows: thick for much, dotted for nothing.
 * @param {DrawnWire} drawn
 * @param {{flow: number, reach: "lit" | "present" | "later" | "hidden", back: boolean}} paint  flow in [0, 1]
 */
export function paintWire({ wire, node, path }, { flow, reach, back }) {
  const none = reach !== "hidden" && flow < 0.004;
  toggle(node, "is-none", none && !wire.stub);
  toggle(node, "is-present", reach === "present");
  toggle(node, "is-later", reach === "later");
  toggle(node, "is-back", back);
  setStyle(path, "stroke-width", String(wire.stub ? 1.5 : none ? 2.4 : 2.2 + 4 * Math.min(1, flow)));
  set(path, "marker-start", back && !none ? "url(#cell-back)" : null);
  set(path, "marker-end", wire.onward && !back ? "url(#cell-on)" : null);
}

/**
 * Something runs along the wires in three phases: what is gathered, what meets in an operation, what comes out.
 * @param {DrawnWire[]} wires
 * @param {{duration: number, back: boolean}} how
 */
export function travel(wires, { duration, back }) {
  const groups = [0, 1, 2].map((phase) => wires.filter(({ wire }) => phaseOf(wire) === phase)).filter((group) => group.length);
  const each = duration / Math.max(1, groups.length);
  (back ? groups.reverse() : groups).forEach((group, index) => {
    for (const { pulse } of group) {
      // Of the stroke and not of the path: opacity that moves is a layer of its own, here one for each wire.
      const frames = [{ strokeDashoffset: 18, strokeOpacity: 1 }, { strokeDashoffset: -100, strokeOpacity: 1 }];
      pulse.animate(back ? frames.reverse() : frames, { duration: each, delay: index * each, easing: "ease-in-out", fill: "none" });
    }
  });
}

/** @param {Wire} wire */
function phaseOf(wire) {
  if (wire.stub) return 0;
  return wire.from.includes("/") || wire.onward ? 2 : 1;
}
