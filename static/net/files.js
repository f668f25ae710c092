/** Files that the server makes or has: a run as a table, the faces of the page's letters. */

import { encode, revive } from "./numbers.js";

/** @typedef {{family: string, style: string, weight: string, data: string}} Face  data: base64 of a woff2 file */

/** The faces that pictures need, as fonts.css names them. */
const FACES = [
  { family: "Inter", style: "normal", weight: "100 900", file: "inter" },
  { family: "STIX Two Text", style: "italic", weight: "400", file: "stix-two-text-italic" },
  { family: "STIX Two Text", style: "italic", weight: "400", file: "stix-two-text-italic-greek", range: "U+370-3FF" },
];

/**
 * Every value of an experiment, and with `gradients` every gradient, as a file.
 * @param {string} base  the address of the page
 * @param {import("./contract.js").Experiment} experiment
 * @param {"csv" | "json" | "npz"} format
 * @param {boolean} gradients
 * @param {typeof fetch} [ask]
 * @returns {Promise<Blob>}  rejected with the server's problems as `problems`
 */
export async function traceFile(base, experiment, format, gradients, ask = (...args) => fetch(...args)) {
  const address = new URL(`api/${gradients ? "gradients" : "trace"}?format=${format}`, base);
  const answer = await ask(address, { method: "POST", headers: { "content-type": "application/json" }, body: encode({ experiment }) });
  if (answer.ok) return answer.blob();
  const { problems } = await answer.json();
  throw Object.assign(new Error(`${address.pathname}: ${answer.status}`), { problems });
}

/** Every value from the first step to the last by its address, and of a loss what the page knows of each step. @param {string} base @param {import("./contract.js").Experiment} experiment @param {typeof fetch} [ask] */
export async function traceValues(base, experiment, ask) {
  /** @type {{steps: {values: Record<string, unknown>, losses?: Record<string, unknown>}[]}} */
  const { steps } = JSON.parse(await (await traceFile(base, experiment, "json", false, ask)).text());
  const all = steps.map(({ values, losses }) => /** @type {Record<string, unknown>} */ ({ ...values, ...losses }));
  return Object.fromEntries(Object.keys(all[0]).map((address) => {
    const rows = all.map((values) => [revive(values[address])].flat());
    return [address, { data: Float64Array.from(rows.flat()), first: 1, steps: rows.length, units: rows[0].length }];
  }));
}

/** @param {string} base @param {typeof fetch} [ask] @returns {Promise<(Face & {range?: string})[]>} */
export async function faces(base, ask = (...args) => fetch(...args)) {
  return Promise.all(FACES.map(async ({ file, ...face }) => {
    const answer = await ask(new URL(`static/fonts/${file}.woff2`, base));
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    return { ...face, data: base64(new Uint8Array(await answer.arrayBuffer())) };
  }));
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
