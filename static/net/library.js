/** The cells of the library, as the server lists and lends them. */

import { encode } from "./numbers.js";

/**
 * @param {string} base  the address of the page
 * @param {(address: URL) => Promise<{ok: boolean, status: number, json: () => Promise<any>}>} [ask]
 * @returns {Promise<import("./contract.js").CellCard[]>}  rejected when there is no answer or another one than a list
 */
export async function libraryCells(base, ask = (address) => fetch(address)) {
  const answer = await ask(new URL("api/cells", base));
  if (!answer.ok) throw new Error(`api/cells: ${answer.status}`);
  return (await answer.json()).cells;
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
