/** How a layer's parameters stand as tables: a row for each unit of each equation, columns by what is multiplied. Pure. */

import { beat } from "./beats.js";
import { operandName, parameterUse } from "./labels.js";
import { isMasked } from "./masks.js";
import { hasManyWeights, mainLayer } from "./shape.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {{address: string, index: number[]}} Place */
/** @typedef {{operand: string | null, names: string[]}} Block  operand null: biases */
/** @typedef {{target: string, address: string, unit: number, units: number, cells: (Place | null)[]}} Row */
/** @typedef {{layer: string, blocks: Block[], rows: Row[]}} Table */
/** @typedef {{address: string, shape: number[], target: string, operand: string | null, nth: number}} Use  nth: an equation may have two biases */

/** A symbol with more units than this shows the row of the unit that is spoken of, and no others. */
export const MOST_ROWS = 8;

/**
 * @param {State} state
 * @param {number} unit  the unit that is spoken of, counted from 0
 * @returns {Table[]}
 */
export function matrices(state, unit) {
  return state.network.layers.flatMap((layer) => {
    const program = state.network.programs[layer.program];
    /** @type {Use[]} */
    const uses = [];
    for (const { name } of program.parameters) {
      const address = `${layer.address}.${name}`;
      const use = parameterUse(state, address);
      const nth = uses.filter(({ target, operand }) => target === use.target && operand === use.operand).length;
      uses.push({ address, shape: shapeOf(state, address), nth, ...use });
    }
    const targets = program.equations.map(({ target }) => target).filter((target) => uses.some((use) => use.target === target));
    return together(targets, uses).map((group) => table(state, layer.address, group, uses.filter(({ target }) => group.includes(target)), unit));
  });
}

/**
 * The number that the slider holds: the chosen one, else of what the words speak of, else the bias of a forget gate, else the first.
 * @param {State} state
 * @param {number} unit  as in `matrices`
 * @returns {Place | null}
 */
export function heldPlace(state, unit) {
  const { selected } = state;
  const places = matrices(state, unit).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.filter((place) => place !== null && !isMasked(state, place))));
  // Of many units only those of one are among them.
  if (selected && ((hasManyWeights(state) && selected.address in state.network.symbols) || places.some((place) => place?.address === selected.address && String(place.index) === String(selected.index)))) return selected;
  const told = beat(state)?.spotlight?.flatMap((name) => places.find((place) => place?.address === name) ?? []) ?? [];
  const own = places.filter((place) => place?.address.startsWith(`${mainLayer(state)?.address}.`));
  return told[0] ?? own.find((place) => place?.address.endsWith(".b_f")) ?? own[0] ?? places[0] ?? null;
}

/**
 * Equations stand in one table as long as they multiply something in common; else most of its places would be empty.
 * @param {string[]} targets
 * @param {Use[]} uses
 */
function together(targets, uses) {
  const read = (/** @type {string} */ target) => uses.flatMap((use) => (use.target === target && use.operand !== null ? [use.operand] : []));
  /** @type {string[][]} */
  const groups = [];
  for (const target of targets) {
    const own = read(target);
    const near = groups.find((group) => own.length === 0 || group.flatMap(read).some((operand) => own.includes(operand)));
    if (near) near.push(target);
    else groups.push([target]);
  }
  return groups;
}

/**
 * @param {State} state @param {string} layer @param {string[]} targets @param {Use[]} uses  of these targets
 * @param {number} unit
 * @returns {Table}
 */
function table(state, layer, targets, uses, unit) {
  /** @type {(Block & {nth: number})[]} */
  const blocks = [];
  for (const { operand, nth, shape, address } of uses) {
    const known = blocks.find((block) => block.operand === operand && block.nth === nth);
    const width = operand === null ? 1 : (shape[1] ?? 1);
    if (known && known.names.length >= width) continue;
    if (known) blocks.splice(blocks.indexOf(known), 1);
    blocks.push({ operand, nth, names: namesOf(state, operand, width, address) });
  }
  blocks.sort((a, b) => order(a.operand) - order(b.operand) || a.nth - b.nth);
  const rows = targets.flatMap((target) => {
    const own = uses.filter((use) => use.target === target);
    const units = Math.max(...own.map(({ shape }) => shape[0] ?? 1));
    const shown = units > MOST_ROWS ? [Math.min(unit, units - 1)] : Array.from({ length: units }, (_, index) => index);
    return shown.map((index) => ({
      target,
      address: `${layer}.${target}`,
      unit: index,
      units,
      cells: blocks.flatMap(({ operand, nth, names }) => names.map((_, column) => placeIn(own, operand, nth, index, column))),
    }));
  });
  return { layer, blocks: blocks.map(({ operand, names }) => ({ operand, names })), rows };
}

/** Inputs first, then what comes back, biases last. @param {string | null} operand */
function order(operand) {
  if (operand === null) return 3;
  return operand === "x" ? 0 : operand.endsWith("_prev") ? 1 : 2;
}

/** @param {State} state @param {string} address */
function shapeOf(state, address) {
  return state.network.symbols[address]?.shape ?? [1];
}

/** @param {State} state @param {string | null} operand @param {number} width @param {string} address */
function namesOf(state, operand, width, address) {
  if (operand === null) return [address.slice(address.lastIndexOf(".") + 1).split("_")[0]];
  return Array.from({ length: width }, (_, index) => operandName(state, operand, width === 1 && operand !== "x" ? null : index, address));
}

/**
 * @param {Use[]} uses
 * @param {string | null} operand
 * @param {number} nth
 * @param {number} row
 * @param {number} column
 * @returns {Place | null}
 */
function placeIn(uses, operand, nth, row, column) {
  const use = uses.find((candidate) => candidate.operand === operand && candidate.nth === nth);
  if (!use) return null;
  const index = use.shape.length > 1 ? [row, column] : use.shape.length === 1 ? [row] : [];
  return use.shape.every((size, axis) => index[axis] < size) ? { address: use.address, index } : null;
}
