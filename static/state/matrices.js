/** How a layer's parameters stand as a table: a row for each unit of each equation, columns by what is multiplied. Pure. */

import { operandName, parameterUse } from "./labels.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {{address: string, index: number[]}} Place */
/** @typedef {{operand: string | null, names: string[]}} Block  operand null: biases */
/** @typedef {{target: string, address: string, unit: number, units: number, cells: (Place | null)[]}} Row */
/** @typedef {{layer: string, blocks: Block[], rows: Row[]}} Table */

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
    const uses = program.parameters.map(({ name }) => {
      const address = `${layer.address}.${name}`;
      return { address, shape: shapeOf(state, address), ...parameterUse(state, address) };
    });
    if (uses.length === 0) return [];
    /** @type {Block[]} */
    const blocks = [];
    for (const { operand, shape, address } of uses) {
      const known = blocks.find((block) => block.operand === operand);
      const width = operand === null ? 1 : (shape[1] ?? 1);
      if (known && known.names.length >= width) continue;
      if (known) blocks.splice(blocks.indexOf(known), 1);
      blocks.push({ operand, names: namesOf(state, operand, width, address) });
    }
    blocks.sort((a, b) => order(a.operand) - order(b.operand));
    const targets = program.equations.map(({ target }) => target).filter((target) => uses.some((use) => use.target === target));
    const rows = targets.flatMap((target) => {
      const own = uses.filter((use) => use.target === target);
      const units = Math.max(...own.map(({ shape }) => shape[0] ?? 1));
      const shown = units > MOST_ROWS ? [Math.min(unit, units - 1)] : Array.from({ length: units }, (_, index) => index);
      return shown.map((index) => ({
        target,
        address: `${layer.address}.${target}`,
        unit: index,
        units,
        cells: blocks.flatMap(({ operand, names }) => names.map((_, column) => placeIn(own, operand, index, column))),
      }));
    });
    return [{ layer: layer.address, blocks, rows }];
  });
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
  return Array.from({ length: width }, (_, index) => operandName(state, operand, width === 1 && operand !== "x" ? null : index));
}

/**
 * @param {{address: string, shape: number[], operand: string | null}[]} uses
 * @param {string | null} operand
 * @param {number} row
 * @param {number} column
 * @returns {Place | null}
 */
function placeIn(uses, operand, row, column) {
  const use = uses.find((candidate) => candidate.operand === operand);
  if (!use) return null;
  const index = use.shape.length > 1 ? [row, column] : use.shape.length === 1 ? [row] : [];
  return use.shape.every((size, axis) => index[axis] < size) ? { address: use.address, index } : null;
}
