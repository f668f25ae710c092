/**
 * A drawing for a layer that reads from the end: time still runs to the right, so what it has stored before comes from there and goes on to
 * the left.
 */

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {"start" | "middle" | "end"} Anchor */

/** @type {Record<Anchor, Anchor>} */
const OTHER = { start: "end", middle: "middle", end: "start" };

/**
 * @param {Drawing} drawing
 * @returns {Drawing}
 */
export function mirrored(drawing) {
  // What is seen begins at -side and ends at the width.
  const { width, side = 0 } = drawing;
  const x = (/** @type {number} */ at) => Math.round(10 * (width - side - at)) / 10;
  /** @template {{x: number, anchor: Anchor}} T @param {T} text @returns {T} */
  const text = (text) => ({ ...text, x: x(text.x), anchor: OTHER[text.anchor] });
  /** Of a level line the one number is across, of an upright one down; of all others every second one. @param {string} d */
  const path = (d) => d.replace(/([A-Z])([^A-Z]*)/g, (_, command, numbers) => command + (numbers.match(/-?[\d.]+/g) ?? [])
    .map((/** @type {string} */ number, /** @type {number} */ index) => (command !== "V" && index % 2 === 0 ? x(Number(number)) : number)).join(" "));
  return {
    ...drawing,
    places: Object.fromEntries(Object.entries(drawing.places).map(([id, place]) => [id, {
      ...place, x: x(place.x), turned: true,
      ...(place.label ? { label: { ...text(place.label), ...(place.label.under ? { under: text(place.label.under) } : {}) } } : {}),
    }])),
    wires: drawing.wires.map((wire) => ({ ...wire, d: path(wire.d) })),
    notes: drawing.notes.map(text),
    ...(drawing.band ? { band: { ...drawing.band, d: path(drawing.band.d) } } : {}),
  };
}
