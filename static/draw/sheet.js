/**
 * A drawing as it grows: what stands on it, and the wires between.
 */

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {import("./layouts.js").Place} Place */
/** @typedef {ReturnType<typeof createSheet>} Sheet */

/** Half the height of an operation, with a little air. */
export const HALF = 13;

/** @param {(id: string) => number} wide  half the width of an operation */
export function createSheet(wide) {
  /** @type {Drawing} */
  const drawing = { width: 0, height: 0, full: true, places: {}, wires: [], notes: [] };
  /** @param {string} from @param {string} to @param {string} d */
  const wire = (from, to, d) => void drawing.wires.push({ from, to, name: from, d });
  /** @param {string} id @param {number} x @param {number} y */
  const operation = (id, x, y) => void (drawing.places[id] = { shape: "op", x, y });
  return {
    drawing,
    wire,
    operation,
    /** Half of an operation and a little air. @param {string} id */
    side: (id) => wide(id) + 1,
    /** @param {string} id @param {Place} place */
    stand: (id, place) => void (drawing.places[id] = place),
    /**
     * Operations one after the other, level, from a point to where the next thing begins.
     * @param {string} from  where the line comes from
     * @param {string[]} chain
     * @param {{x: number, y: number, start: string, pitch: number}} where  `x` of the first; `start`: how the line gets to its height; `pitch` below 0: from the right
     * @returns {{from: string, d: string}}  what leaves the last one, and the beginning of its line
     */
    row(from, chain, { x, y, start, pitch }) {
      let found = { from, d: start };
      chain.forEach((id, index) => {
        const at = x + index * pitch;
        operation(id, at, y);
        const half = Math.sign(pitch) * (wide(id) + 1);
        wire(found.from, id, `${found.d} H${at - half}`);
        found = { from: id, d: `M${at + half} ${y}` };
      });
      return found;
    },
    /**
     * Operations one above the other, read from below.
     * @param {string[]} chain
     * @param {string} to
     * @param {{x: number, bottom: number, top: number, pitch: number}} where  `bottom`: of the first; `top`: where the last line ends
     */
    tower(chain, to, { x, bottom, top, pitch }) {
      chain.forEach((id, index) => {
        const y = bottom - index * pitch;
        operation(id, x, y);
        wire(id, chain[index + 1] ?? to, `M${x} ${y - HALF} V${chain[index + 1] ? y - pitch + HALF : top}`);
      });
    },
  };
}
