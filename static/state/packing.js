/** Whole records in an address: base64url of the JSON that the wire carries. Pure. */

import { encode } from "../net/numbers.js";

/** @type {Record<string, string>} */
const URL_SAFE = { "+": "-", "/": "_", "=": "" };

/** @type {WeakMap<object, string>} */
const packed = new WeakMap();

/** @param {unknown} record */
export function pack(record) {
  let text = "";
  for (const byte of new TextEncoder().encode(encode(record))) text += String.fromCharCode(byte);
  return btoa(text).replace(/[+/=]/g, (sign) => URL_SAFE[sign]);
}

/** What a step does not change is not packed at every step. @param {object} record */
export function packedOnce(record) {
  const text = packed.get(record) ?? pack(record);
  packed.set(record, text);
  return text;
}

/** @param {string} text @returns {any} */
export function unpack(text) {
  try {
    const plain = atob(text.replace(/[-_]/g, (sign) => (sign === "-" ? "+" : "/")));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(plain, (sign) => sign.charCodeAt(0))));
  } catch {
    return null;
  }
}
