/** How the columns of a matrix stand and what is written over them, by how many there are. Pure. */

/** Where columns are too many for digits, a bias is drawn narrower than a weight; where they are narrow themselves, as wide. */
const NARROW = { from: 7, until: 10, share: 0.6 };
/** With so many columns not every one has room for its name: as on a ruler the first of its kind has it, and every fourth its number. */
const RULED_FROM = 10;
const RULED = 4;

/**
 * @param {{operand: string | null, names: string[]}[]} blocks  operand null: biases
 * @param {{columns: number, apart: boolean}} of  columns of the widest matrix; apart: with a narrow one between the blocks
 * @returns {string} tracks of a grid, the first one for the names of rows
 */
export function tracks(blocks, { columns, apart }) {
  const own = blocks.reduce((sum, { names }) => sum + names.length, 0);
  const narrow = columns >= NARROW.from && columns < NARROW.until ? NARROW.share : 1;
  const each = blocks.flatMap(({ operand, names }, at) => [
    ...(apart && at > 0 ? ["var(--matrix-block)"] : []),
    `repeat(${names.length}, minmax(0, ${operand === null ? narrow : 1}fr))`,
  ]);
  return ["var(--matrix-name)", ...each, ...(columns > own ? [`repeat(${columns - own}, minmax(0, 1fr))`] : [])].join(" ");
}

/** @param {number} columns */
export const isRuled = (columns) => columns >= RULED_FROM;

/** The number that a name ends with, before its arrow where there are two directions. @param {string} name */
const unitOf = (name) => Number(/[₀-₉]+(?=[→←]?$)/.exec(name)?.[0].replace(/./g, (low) => String(low.charCodeAt(0) - 0x2080)) ?? 0);

/**
 * h₁ of the first, 4 of the fourth, nothing of those between; of each direction, where there are two; words keep their letters. Two digits over the
 * last column would touch what stands over the next block, and any what a second direction begins with.
 * @param {string} name @param {string | undefined} next  in the same block
 */
export function onRuler(name, next) {
  const unit = unitOf(name);
  if (unit < 2) return name;
  const room = next === undefined ? unit < 10 : unitOf(next) !== 1;
  return unit % RULED === 0 && room ? String(unit) : "";
}
