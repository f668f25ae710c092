/** The whole sequence at a glance, with a frame around what is in view that can be dragged, clicked to, and moved with the keys. */

import { element, hide, set, setStyle } from "./dom.js";
import { layer } from "./layer.js";
import { picture } from "./picture.js";
import { room } from "./room.js";

/** @typedef {import("./picture.js").Numbers} Numbers */

/** A frame that is narrower cannot be taken hold of. */
const NARROWEST = 24;
/** Numbers may follow one another as fast as frames, as under a dragged slider: the picture of all of them comes after them, in milliseconds. */
const AFTER = 80;

/**
 * @param {Document} document
 * @param {{move: (first: number, done: boolean) => void}} how  `move`: the view begins at another step
 */
export function overview(document, { move }) {
  const paper = layer(document, "overview-picture");
  const needle = element(document, "span", { class: "overview-step", "aria-hidden": "true" });
  const frame = element(document, "span", { class: "overview-frame", role: "slider", tabindex: "0" });
  const node = element(document, "div", { class: "overview" }, paper.node, needle, frame);
  const own = picture(document);
  let steps = 1;
  let view = { first: 1, count: 1 };
  let held = 0;
  /** @type {[(Numbers | undefined)?, number?, (import("./palette.js").Palette | null)?]} */
  let painted = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let late;

  /** @param {PointerEvent} event */
  const stepAt = (event) => {
    const box = node.getBoundingClientRect();
    return 1 + ((event.clientX - box.left) / Math.max(1, box.width)) * steps;
  };
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    const at = stepAt(event);
    const inside = at >= view.first && at <= view.first + view.count;
    held = inside ? at - view.first : view.count / 2;
    move(at - held, false);
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) move(stepAt(event) - held, false);
  });
  node.addEventListener("pointerup", (event) => move(stepAt(event) - held, true));
  frame.addEventListener("keydown", (event) => {
    const tenth = Math.max(1, Math.round(view.count / 10));
    /** @type {Record<string, number>} */
    const to = {
      ArrowRight: view.first + tenth, ArrowLeft: view.first - tenth, ArrowUp: view.first + tenth, ArrowDown: view.first - tenth,
      PageDown: view.first + view.count, PageUp: view.first - view.count, Home: 1, End: steps,
    };
    if (!(event.key in to) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    move(to[event.key], true);
  });
  const size = room(node, () => draw());
  /** @type {Parameters<typeof paint>[0] | null} */
  let last = null;
  const draw = () => {
    if (last) paint(last);
  };

  function pixels() {
    clearTimeout(late);
    late = undefined;
    if (!last || node.hidden) return;
    const { numbers, bound, palette, height } = last;
    painted = [numbers, bound, palette];
    paper.context.clearRect(0, 0, size.width, height);
    if (!numbers || !palette) return;
    own.update(numbers, "signed", bound, palette);
    own.paint(paper.context, { x: 0, y: 0, width: size.width, height });
  }

  /**
   * @param {{numbers: Numbers | undefined, bound: number, palette: import("./palette.js").Palette | null, steps: number, step: number, view: {first: number, count: number}, height: number, label: string, text: string}} what
   */
  function paint(what) {
    last = what;
    ({ steps, view } = what);
    const { numbers, bound, palette, step, height, label, text } = what;
    const width = size.width;
    hide(node, view.count >= steps);
    const sized = paper.resize(width, height);
    const [before, ...how] = painted;
    if (sized || how[0] !== bound || how[1] !== palette || numbers?.steps !== before?.steps) pixels();
    else if (numbers !== before) late ??= setTimeout(pixels, AFTER);
    const per = width / steps;
    const wide = Math.max(NARROWEST, view.count * per);
    const left = Math.min(width - wide, Math.max(0, (view.first - 1 + view.count / 2) * per - wide / 2));
    setStyle(frame, "width", `${wide}px`);
    setStyle(frame, "transform", `translateX(${left}px)`);
    setStyle(needle, "transform", `translateX(${(step - 0.5) * per}px)`);
    set(frame, "aria-label", label);
    set(frame, "aria-valuemin", 1);
    set(frame, "aria-valuemax", Math.max(1, steps - view.count + 1));
    set(frame, "aria-valuenow", view.first);
    set(frame, "aria-valuetext", text);
  }

  return {
    node, paint,
    stop() {
      clearTimeout(late);
      size.stop();
    },
  };
}
