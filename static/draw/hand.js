/**
 * Short words for drawings that are composed by hand: what stands where, words beside it, a wire.
 */

/** @typedef {import("./layouts.js").LabelPlace} LabelPlace */
/** @typedef {import("./layouts.js").Place} Place */
/** @typedef {import("./layouts.js").Shape} Shape */
/** @typedef {import("./layouts.js").Wire} Wire */

/** @type {(shape: Shape, x: number, y: number, label?: LabelPlace, size?: [number, number]) => Place} */
export const at = (shape, x, y, label, size) => ({ shape, x, y, label, width: size?.[0], height: size?.[1] });
/** @type {(x: number, y: number, inline?: boolean) => LabelPlace} */
export const right = (x, y, inline) => ({ x, y, anchor: "start", inline });
/** @type {(x: number, y: number) => LabelPlace} */
export const left = (x, y) => ({ x, y, anchor: "end" });
/** @type {(x: number, y: number) => LabelPlace} */
export const below = (x, y) => ({ x, y, anchor: "middle" });
/** @type {(edge: string, d: string, name?: string) => Wire} */
export const wire = (edge, d, name) => {
  const [from, to] = edge.split(" ");
  return { from, to, name: name ?? from, d };
};
