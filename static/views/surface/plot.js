/** One network's error surface: its map or its figure in space, its axes, and what is read on it. */

import { filled } from "../../draw/contour.js";
import { element, replace, set, setText } from "../../draw/dom.js";
import { number, result } from "../../draw/format.js";
import { room } from "../../draw/room.js";
import { clamp } from "../../draw/scale.js";
import { inline, spoken } from "../../draw/symbol.js";
import { surfaceField } from "../../draw/surfacefield.js";
import { numberName, settings, sides, standing, valueAt } from "../../state/surfaces.js";
import { say } from "../../state/words.js";
import { surfaceAxes } from "./axes.js";
import { arrowOf, isInside, spotOf, thrownOut, wayDown } from "./descent.js";
import { surfaceRibbon } from "./ribbon.js";
import { surfaceSpace } from "./space.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/surfaces.js").Side} Side */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */
/** @typedef {import("../../draw/surfacefield.js").Spot} Spot */
/** @typedef {{kind: "map" | "space", scale: import("../../draw/lossscale.js").LossScale, colours: number[][], token: (name: string) => string, pointed: Spot | null, title: string | null}} How  `title` null: there is no other beside it */

/** Where an arrow key leads, across and up; with Shift so many points at once. @type {Record<string, [number, number] | undefined>} */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const LEAP = 10;
/** Before the first row has come. */
const NONE = new Float64Array();

/**
 * @param {Document} document @param {string} id  of the network
 * @param {{state: () => State, actions: any, redraw: () => void, point: (at: Spot | null) => void, typedBy: (id: string) => void}} page
 *   `point`: what is under the pointer, on all surfaces; `typedBy`: a network is moved with the keys
 */
export function surfacePlot(document, id, { state, actions, redraw, point, typedBy }) {
  const side = () => sides(state()).find((each) => each.id === id);
  const axes = surfaceAxes(document, side, (changed) => {
    actions.accept();
    actions.setAxes(id, changed);
  }, actions.refuse, redraw);
  const field = surfaceField(document);
  const space = surfaceSpace(document, state, redraw);
  const ribbon = surfaceRibbon(document);
  const title = element(document, "h3", { class: "heading surface-name" });
  const reading = element(document, "p", { class: "surface-reading number" });
  const node = element(document, "div", { class: "surface-plot" }, title, axes.nodes.down, field.node, axes.nodes.across, space.node, space.waiting, ...ribbon.nodes);
  const size = room(field.node, redraw);
  /** @type {Float64Array} */
  let losses = NONE;
  /** @type {unknown} */
  let taken = null;
  let read = "";

  /** The network can be put anywhere. @param {PointerEvent} event @param {boolean} live */
  const put = (event, live) => {
    const now = side();
    const own = now && settings(now);
    if (!own) return;
    const at = nearest(field.spot(event), own.side);
    actions.putAt(id, valueAt(own.across, at.across, own.side), valueAt(own.down, at.down, own.side), { live });
  };
  let pressed = false;
  // A click leaves the keys with the stage.
  field.node.addEventListener("mousedown", (event) => event.preventDefault());
  field.node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pressed = true;
    field.node.setPointerCapture(event.pointerId);
    point(null);
    put(event, true);
  });
  field.node.addEventListener("pointermove", (event) => {
    if (pressed) put(event, true);
    else point(field.spot(event));
  });
  field.node.addEventListener("pointerup", (event) => {
    if (pressed) put(event, false);
    pressed = false;
  });
  field.node.addEventListener("pointercancel", () => (pressed = false));
  field.node.addEventListener("pointerleave", () => point(null));
  field.node.addEventListener("keydown", (event) => {
    const [x, y] = ARROWS[event.key] ?? [0, 0];
    if ((x === 0 && y === 0) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    typedBy(id);
    actions.moveBy(id, ...[x, y].map((by) => (event.shiftKey ? LEAP * by : by)));
  });

  return {
    node,
    reading,
    /** @type {() => string} */
    said: () => reading.textContent ?? "",
    /** What is known of the losses, none before there is any. @param {Side} now @param {Settings} own */
    losses(now, own) {
      const surface = now.surfaces[id];
      if (surface && surface.losses.length === own.side ** 2 && taken !== surface.losses) {
        taken = surface.losses;
        losses = filled(surface.losses, own.side) ?? (losses.length === surface.losses.length ? losses : NONE);
      }
      return losses.length === own.side ** 2 ? losses : NONE;
    },
    /** @param {Side} now @param {Settings} own @param {How} how */
    paint(now, own, { kind, scale, colours, token, pointed, title: name }) {
      const way = wayDown(now, own);
      title.hidden = name === null;
      setText(title, name ?? "");
      node.classList.toggle("is-space", kind === "space");
      space.node.hidden = kind !== "space";
      axes.paint(now, own);
      ribbon.paint(now, own, name !== null);
      if (kind === "space" && losses.length > 0) space.paint(now, own, way, { losses, scale, colours, token });
      else space.waiting.hidden = true;
      const at = pointed && nearest(pointed, own.side);
      const here = spotOf(own, standing(now, own.across), standing(now, own.down));
      field.paint({
        losses, side: own.side, scale, colours, line: token("--loss-line"),
        point: here,
        path: way.map(({ spot }) => spot), thrown: thrownOut(way), arrow: arrowOf(now, own, size.width, size.height),
        pointed: at && { x: at.across / (own.side - 1), y: at.down / (own.side - 1) },
      }, size.width, size.height);
      const names = { across: numberName(now, own.across), down: numberName(now, own.down) };
      const [a, b] = at ? [valueAt(own.across, at.across, own.side), valueAt(own.down, at.down, own.side)] : [standing(now, own.across), standing(now, own.down)];
      const loss = at ? losses.at(at.down * own.side + at.across) : way[0]?.loss;
      const told = say(now, name === null ? "surface.reading" : "surface.reading-line", { ...names, a: number(a), b: number(b), loss: loss === undefined ? "…" : result(loss) });
      const where = at || isInside(here) ? told : say(now, "surface.reading-outside", { reading: told });
      if (where !== read) replace(reading, ...inline(document, where));
      read = where;
      set(field.node, "aria-label", say(now, id === "main" ? "surface.field" : "surface.field-beside", { across: spoken(names.across), down: spoken(names.down), reading: reading.textContent ?? "" }));
    },
    stop() {
      size.stop();
      space.stop();
      ribbon.stop();
    },
  };
}

/** The point of the grid. @param {Spot} spot @param {number} side */
function nearest({ x, y }, side) {
  return { across: clamp(Math.round(x * (side - 1)), 0, side - 1), down: clamp(Math.round(y * (side - 1)), 0, side - 1) };
}
