/** How many numbers a layer learns, as a sum that can be read: four times as many for four equations alike. */

/**
 * @param {number[][]} shapes  of all its parameters
 * @returns {{text: string, count: number}}  "4 × (3·2 + 3·3 + 3)" and 72
 */
export function counted(shapes) {
  /** @type {Map<string, number>} */
  const alike = new Map();
  for (const shape of shapes) alike.set(shape.join("·") || "1", (alike.get(shape.join("·") || "1") ?? 0) + 1);
  const count = shapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0);
  const times = new Set(alike.values());
  const [most] = times;
  if (times.size === 1 && most > 1) return { text: `${most} × (${[...alike.keys()].join(" + ")})`, count };
  return { text: [...alike].map(([term, often]) => (often > 1 ? `${often} × ${term}` : term)).join(" + "), count };
}
