/** What the server lists and lends: the cells of the library, and a small picture of every lesson. */

import { encode } from "./numbers.js";

/** @typedef {(address: URL) => Promise<{ok: boolean, status: number, json: () => Promise<any>}>} Ask */

/**
 * @param {string} base  the address of the page
 * @param {Ask} [ask]
 * @returns {Promise<import("./contract.js").CellCard[]>}  rejected when there is no answer or another one than a list
 */
export function libraryCells(base, ask) {
  return listed(base, "cells", ask);
}

/**
 * @param {string} base  the address of the page
 * @param {Ask} [ask]
 * @returns {Promise<Record<string, import("./contract.js").Miniature>>}  by lesson; rejected as the cells are
 */
export function lessonMiniatures(base, ask) {
  return listed(base, "miniatures", ask);
}

/** @param {string} base @param {string} what @param {Ask} [ask] */
async function listed(base, what, ask = (address) => fetch(address)) {
  const answer = await ask(new URL(`api/${what}`, base));
  if (!answer.ok) throw new Error(`api/${what}: ${answer.status}`);
  return (await answer.json())[what];
}

/**
 * A cell of the library, as large as an experiment's own network and over the same inputs.
 * @param {string} base  the address of the page
 * @param {import("./contract.js").Experiment} experiment
 * @param {string} name
 * @param {(address: URL, options: RequestInit) => Promise<{ok: boolean, status: number, json: () => Promise<any>}>} [ask]
 * @returns {Promise<import("./contract.js").LaneRecord>}  rejected when it is refused
 */
export async function cellBeside(base, experiment, name, ask = (address, options) => fetch(address, options)) {
  const address = new URL(`api/cells/${name}/beside`, base);
  const headers = { "content-type": "application/json" };
  const answer = await ask(address, { method: "POST", headers, body: encode({ experiment }) });
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return answer.json();
}
