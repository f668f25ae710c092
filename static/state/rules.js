/** The rules by which parameters start, in a line of the address: `glorot@12*0.5:main.1.forward.W_f,main.1.forward.U_f`. Pure. */

import { parse, spell } from "./spelling.js";

/** @typedef {import("../net/contract.js").Start} Start */

/** Rules by name and seed, each with what it starts. @param {Record<string, Start>} starts */
export function listStarts(starts) {
  /** @type {Map<string, string[]>} */
  const rules = new Map();
  for (const [address, { kind, seed, scale }] of Object.entries(starts)) {
    const rule = `${kind}@${seed}${scale === 1 ? "" : `*${spell(scale)}`}`;
    rules.set(rule, [...(rules.get(rule) ?? []), address]);
  }
  return [...rules].map(([rule, addresses]) => `${rule}:${addresses.join(",")}`).join(";");
}

/** @type {Start["kind"][]} */
const KINDS = ["cell", "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch"];

/** @param {string} text @returns {Record<string, Start> | null} */
export function readStarts(text) {
  /** @type {Record<string, Start>} */
  const starts = {};
  for (const part of text.split(";")) {
    const match = /^([a-z-]+)@(\d{1,15})(?:\*([^:]+))?:([\w.,-]+)$/.exec(part);
    const kind = KINDS.find((name) => name === match?.[1]);
    const scale = match?.[3] === undefined ? 1 : parse(match[3]);
    if (!match || !kind || scale === null) return null;
    for (const address of match[4].split(",")) starts[address] = { kind, seed: Number(match[2]), scale };
  }
  return starts;
}
