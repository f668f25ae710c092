/** The loss over two of the weights, in the cell's place: where the network is on it, what the gradient says, and the way down. */

import { filled } from "../../draw/contour.js";
import { differs } from "../../draw/differs.js";
import { element, replace, set, setText, toggle } from "../../draw/dom.js";
import { number, result } from "../../draw/format.js";
import { lossColours, lossScale } from "../../draw/lossscale.js";
import { room } from "../../draw/room.js";
import { clamp } from "../../draw/scale.js";
import { surfaceField } from "../../draw/surfacefield.js";
import { choice } from "../../draw/switch.js";
import { study } from "../../state/derive.js";
import { numberName, settings, standing, valueAt } from "../../state/surfaces.js";
import { problemText, say } from "../../state/words.js";
import { surfaceControls } from "./controls.js";
import { account, arrowOf, spotOf, thrownOut, wayDown } from "./descent.js";
import { surfaceSpace } from "./space.js";
import { surfaceTable } from "./table.js";

/** @typedef {import("../../state/store.js").State} State */
/** @typedef {import("../../state/surfaces.js").Settings} Settings */

const TOKENS = ["--loss-low", "--loss-middle", "--loss-high", "--loss-line", "--alarm", "--ink", "--muted", "--line", "--card", "--accent", "--font-text"];
/** Where an arrow key leads, across and up; with Shift so many points at once. @type {Record<string, [number, number] | undefined>} */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const LEAP = 10;

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function surface(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  /** @type {"map" | "space"} */
  let kind = "map";
  /** The point of the picture under the pointer. @type {{across: number, down: number} | null} */
  let pointed = null;
  let dressed = "";
  /** @type {Record<string, string>} */
  let tokens = {};
  /** @type {number[][]} */
  let colours = [];
  /** @type {Float64Array} */
  let losses = new Float64Array();
  let scale = lossScale(losses);
  const known = differs();

  const title = element(document, "h2", { class: "heading" });
  const kinds = choice(document, ["map", "space"], (name) => {
    kind = /** @type {"map" | "space"} */ (name);
    draw();
  });
  const close = element(document, "button", { type: "button", class: "quiet dialog-close", text: "×", onclick: () => actions.setStudy("cell") });
  const field = surfaceField(document);
  const space = surfaceSpace(document, state, () => draw());
  const controls = surfaceControls(document, state, actions, () => draw());
  const { across, down } = controls.axes;
  const plot = element(document, "div", { class: "surface-plot" },
    element(document, "div", { class: "surface-down" }, down.high, down.menu, down.low), field.node,
    element(document, "div", { class: "surface-across" }, across.low, across.menu, across.high), space.node, space.waiting);
  const reading = element(document, "p", { class: "surface-reading number" });
  const slope = element(document, "p", { class: "surface-slope number" });
  const told = element(document, "p", { class: "surface-told", role: "status" });
  const ticks = element(document, "div", { class: "surface-ticks number" });
  const legend = element(document, "div", { class: "surface-legend", role: "group" }, element(document, "div", { class: "surface-bar" }), ticks);
  const side = element(document, "div", { class: "surface-side" }, reading, slope, ...controls.nodes, told, legend);
  const twin = surfaceTable(document, () => draw());
  const spoken = element(document, "p", { class: "unseen", "aria-live": "polite" });
  root.classList.add("surface");
  replace(root, element(document, "div", { class: "surface-head" }, title, kinds.node, close), plot, side, twin.node, spoken);

  const token = (/** @type {string} */ name) => tokens[name];

  /** The theme's colours, read once for each. @param {State} now */
  function dress({ theme }) {
    const key = `${theme}${document.documentElement.dataset.theme}`;
    if (dressed === key) return;
    dressed = key;
    const style = /** @type {Window} */ (document.defaultView).getComputedStyle(document.documentElement);
    tokens = Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(name).trim()]));
    colours = lossColours(token);
  }

  /** @param {State} now @param {Settings} own */
  function takeIn({ surface }, { side }) {
    if (!surface || surface.losses.length !== side * side || !known(surface.losses)) return;
    losses = filled(surface.losses, side) ?? (losses.length === side * side ? losses : surface.losses);
    scale = lossScale(losses);
  }

  function draw() {
    const now = state();
    root.hidden = study(now) !== "surface" || now.home;
    if (root.hidden) return;
    dress(now);
    const own = settings(now);
    plot.hidden = twin.node.hidden = own === null;
    setText(title, say(now, "surface.title"));
    set(close, "aria-label", say(now, "page.close"));
    kinds.paint(kind, say(now, "surface.kind"), (name) => say(now, `surface.${name}`));
    if (!own) return setText(reading, say(now, "surface.too-few"));
    takeIn(now, own);
    if (losses.length !== own.side ** 2) return;
    const way = wayDown(now, own);
    controls.paint(now, own);
    read(now, own, way);
    setText(told, now.surface?.problems.map((problem) => problemText(now, problem)).join(" ") || account(now, own, way));
    replace(ticks, ...scale.ticks.map((value) => element(document, "span", { text: number(value) })));
    set(legend, "aria-label", say(now, "surface.legend"));
    toggle(plot, "is-space", kind === "space");
    space.node.hidden = kind !== "space";
    if (kind === "space") space.paint(now, own, way, { losses, scale, colours, token });
    else space.waiting.hidden = true;
    field.paint({
      losses, side: own.side, scale, colours, line: token("--loss-line"),
      point: spotOf(own, standing(now, own.across), standing(now, own.down)),
      path: way.map(({ spot }) => spot), thrown: thrownOut(way), arrow: arrowOf(now, own, size.width, size.height),
      pointed: pointed && { x: pointed.across / (own.side - 1), y: pointed.down / (own.side - 1) },
    }, size.width, size.height);
    twin.paint(now, own, losses);
  }

  /** @param {State} now @param {Settings} own @param {import("./descent.js").Stand[]} way */
  function read(now, own, way) {
    const names = { across: numberName(now, own.across), down: numberName(now, own.down) };
    const [a, b] = pointed ? [valueAt(own.across, pointed.across, own.side), valueAt(own.down, pointed.down, own.side)] : [standing(now, own.across), standing(now, own.down)];
    const loss = pointed ? losses[pointed.down * own.side + pointed.across] : way[0]?.loss;
    setText(reading, say(now, "surface.reading", { ...names, a: number(a), b: number(b), loss: loss === undefined ? "…" : result(loss) }));
    const norm = way[0]?.norm ?? 0;
    setText(slope, say(now, own.clip > 0 && norm > own.clip ? "surface.slope-clipped" : "surface.slope", { norm: result(norm), most: number(own.clip) }));
    set(field.node, "aria-label", say(now, "surface.field", { ...names, reading: reading.textContent ?? "" }));
  }

  /** @param {PointerEvent} event */
  const under = (event) => {
    const last = (settings(state())?.side ?? 2) - 1;
    const { x, y } = field.spot(event);
    return { across: clamp(Math.round(x * last), 0, last), down: clamp(Math.round(y * last), 0, last) };
  };
  /** @param {PointerEvent} event @param {boolean} live */
  const put = (event, live) => {
    const own = settings(state());
    if (!own) return;
    const at = under(event);
    actions.putAt(valueAt(own.across, at.across, own.side), valueAt(own.down, at.down, own.side), { live });
  };
  let pressed = false;
  let byKey = false;
  // A click leaves the keys with the stage.
  field.node.addEventListener("mousedown", (event) => event.preventDefault());
  field.node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pressed = true;
    field.node.setPointerCapture(event.pointerId);
    pointed = null;
    put(event, true);
  });
  field.node.addEventListener("pointermove", (event) => {
    if (pressed) return put(event, true);
    pointed = event.pointerType === "touch" ? null : under(event);
    draw();
  });
  field.node.addEventListener("pointerup", (event) => {
    if (pressed) put(event, false);
    pressed = false;
  });
  field.node.addEventListener("pointercancel", () => (pressed = false));
  field.node.addEventListener("pointerleave", () => {
    pointed = null;
    draw();
  });
  field.node.addEventListener("keydown", (event) => {
    const [x, y] = ARROWS[event.key] ?? [0, 0];
    if ((x === 0 && y === 0) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    byKey = true;
    actions.moveBy(...[x, y].map((by) => (event.shiftKey ? LEAP * by : by)));
  });

  const size = room(field.node, () => draw());
  /** @param {State} now @param {Set<string>} [what] */
  const changed = (now, what) => {
    if (study(now) === "surface") actions.refreshSurface();
    draw();
    if (!byKey || !what?.has("surface")) return;
    setText(spoken, reading.textContent ?? "");
    byKey = false;
  };
  changed(state());
  const stop = store.watch(["experiment", "network", "surface", "theme", "preferred", "home", "words"], changed);
  return {
    destroy() {
      stop();
      size.stop();
      space.stop();
      root.replaceChildren();
    },
  };
}
