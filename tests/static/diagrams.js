/** Every cell's diagrams, as the engine draws them, and what is wrong with a drawing of one, for the tests of static/draw. */

import { readFileSync } from "node:fs";

/** @type {Record<string, {nodes: any[], edges: any[]}>} */
export const DIAGRAMS = read("diagrams");
/** With every operation. @type {typeof DIAGRAMS} */
export const OPERATIONS = read("operations");

/** @param {string} name */
function read(name) {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf-8"));
}

/** The box that a place fills, without its words. @param {any} place */
export function boxOf({ shape, x, y, width, height }) {
  const [half, high] = shape === "op" ? [12, 12] : [(width ?? 46) / 2, (height ?? 46) / 2];
  return { left: x - half, right: x + half, top: y - high, bottom: y + high };
}

/** The level and upright pieces of a path. @param {string} d */
export function pieces(d) {
  const found = [];
  let at = { x: 0, y: 0 };
  for (const [, letter, numbers] of d.matchAll(/([MHV])([^MHV]*)/g)) {
    const [first, second] = numbers.trim().split(/[ ,]+/).map(Number);
    const to = letter === "M" ? { x: first, y: second } : letter === "H" ? { x: first, y: at.y } : { x: at.x, y: first };
    if (letter !== "M") found.push({ from: at, to });
    at = to;
  }
  return found;
}

const between = (value, a, b) => value > Math.min(a, b) + 1 && value < Math.max(a, b) - 1;
const level = ({ from, to }) => from.y === to.y;

/** Where two wires cross at a right angle. */
export function crossings(wires) {
  return wires.flatMap((one, index) => wires.slice(index + 1).flatMap((other) => pieces(one.d).flatMap((a) => pieces(other.d).flatMap((b) => {
    const [h, v] = level(a) ? [a, b] : [b, a];
    if (!level(h) || level(v)) return [];
    return between(v.from.x, h.from.x, h.to.x) && between(h.from.y, v.from.y, v.to.y) ? [`${one.from}>${one.to} x ${other.from}>${other.to}`] : [];
  }))));
}

/** Wires that run through what they do not belong to. */
export function trespasses({ wires, places }) {
  return wires.flatMap((wire) => Object.entries(places).flatMap(([id, place]) => {
    if (id === wire.from || id === wire.to || place.shape === "port") return [];
    const box = boxOf(place);
    const inside = pieces(wire.d).some(({ from, to }) =>
      Math.min(from.x, to.x) < box.right && Math.max(from.x, to.x) > box.left && Math.min(from.y, to.y) < box.bottom && Math.max(from.y, to.y) > box.top);
    return inside ? [`${wire.from}>${wire.to} through ${id}`] : [];
  }));
}

/** Things that stand on one another. */
export function overlaps({ places }) {
  const all = Object.entries(places).filter(([, place]) => place.shape !== "port");
  return all.flatMap(([id, one], index) => all.slice(index + 1).flatMap(([other, two]) => {
    const [a, b] = [boxOf(one), boxOf(two)];
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom ? [`${id} on ${other}`] : [];
  }));
}
