/** The cells of the library, as the server lists them. */

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
