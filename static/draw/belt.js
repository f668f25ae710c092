/**
 * What a diagram says of a memory that is kept and added to: the gates, the candidate and what leaves the cell, whatever they are called.
 * An LSTM, a GRU, a clockwork layer and a context unit are all read here; what is not such a memory gives null.
 */

/** @typedef {{id: string, kind: string, role: string | null, op: string | null}} Node */
/** @typedef {{from: string, to: string}} Edge */
/** @typedef {{gate: string | null, via: string | null, chain: string[]}} Factor  a gate, by way of `1 −`, or a chain of operations with constants */
/** @typedef {{product: string | null, factor: Factor | null, box: string | null}} Side  one summand: a product, perhaps under a name of its own */
/**
 * What is written. `chain` leads to the candidate, or to the sum itself where there is none; `reset` are the operations on the way from the
 * old memory to the candidate, by what they do.
 * `made`: of what a candidate without a name is made.
 * @typedef {Side & {value: string | null, chain: string[], made: string[], reset: {product: string, gate: string, sum: string | null, old: string[], fresh: string[]} | null}} Written
 */
/** @typedef {{value: string, product: string | null, gate: string | null, chain: string[], from: string, box: string | null, readout: string | null}} Out  `readout`: a layer of its own that reads the value */
/** @typedef {{memory: string, before: string, sum: string, kept: Side, written: Written, out: Out | null, reads: (id: string) => string[]}} Belt */

/**
 * @param {Node[]} nodes
 * @param {Edge[]} edges
 * @returns {Belt | null}
 */
export function belt(nodes, edges) {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const reads = (/** @type {string} */ id) => edges.filter((edge) => edge.to === id).map((edge) => edge.from);
  const isStep = (/** @type {string} */ id) => known.get(id)?.kind === "op" || (known.get(id)?.kind === "value" && id.includes(":"));
  const isGate = (/** @type {string} */ id) => known.get(id)?.role === "gate";
  const isProduct = (/** @type {string} */ id) => known.get(id)?.op === "mul" && reads(id).length === 2;

  /** Back through what has a single input: where it begins, and the operations from there on. @param {string} id */
  const back = (id) => {
    const chain = [];
    let from = id;
    while (isStep(from) && reads(from).length === 1) {
      chain.unshift(from);
      from = reads(from)[0];
    }
    return { from, chain };
  };

  const found = nodes.flatMap(({ id, kind, role }) => {
    const [sum, ...others] = reads(id);
    const is = kind === "value" && role === "state" && others.length === 0 && known.get(sum)?.op === "add" && reads(sum).length === 2;
    return is && known.has(`${id}_prev`) ? [{ memory: id, sum, before: `${id}_prev` }] : [];
  });
  if (found.length !== 1) return null;
  const [{ memory, sum, before }] = found;

  /** One of the two that are added. @param {string} id */
  const summand = (id) => {
    const boxed = known.get(id)?.kind === "value" && reads(id).length === 1;
    const inner = boxed ? reads(id)[0] : id;
    if (!isProduct(inner)) return { id, box: null, product: null, ...back(inner) };
    return { id, box: boxed ? id : null, product: inner, from: null, chain: /** @type {string[]} */ ([]) };
  };
  const sides = reads(sum).map(summand);
  const holds = (/** @type {typeof sides[0]} */ side) => (side.product ? reads(side.product).includes(before) : side.from === before);
  const keeps = sides.find(holds);
  const writes = sides.find((side) => side !== keeps);
  if (!keeps || !writes) return null;

  /** @param {string} id @returns {Factor} */
  const factor = (id) => {
    const { from, chain } = back(id);
    return isGate(from) ? { gate: from, via: chain[0] ?? null, chain: [] } : { gate: null, via: null, chain };
  };
  /** @type {Side} */
  const kept = {
    product: keeps.product, box: keeps.box,
    factor: keeps.product ? factor(reads(keeps.product).find((id) => id !== before) ?? "") : keeps.chain.length ? { gate: null, via: null, chain: keeps.chain } : null,
  };

  /** @type {Written} */
  let written = { product: null, factor: null, box: null, value: null, chain: writes.chain, made: [], reset: null };
  if (writes.product) {
    const factors = reads(writes.product);
    const gate = factors.find((id) => isGate(back(id).from));
    const value = factors.find((id) => id !== gate);
    if (!gate || !value) return null;
    const only = reads(value).length === 1 ? back(reads(value)[0]) : null;
    written = { product: writes.product, box: writes.box, factor: factor(gate), value, chain: only && isStep(only.from) ? [only.from, ...only.chain] : [], made: [], reset: null };
    if (known.get(value)?.kind === "op") {
      const whole = back(value);
      if (isStep(whole.from)) return null;
      return { memory, before, sum, kept, written: { ...written, chain: [], made: whole.chain }, out: outOf(), reads };
    }
    const product = [...reads(value), ...reads(value).flatMap(reads)].find((id) => isProduct(id) && reads(id).some((one) => isGate(one)));
    if (product && !written.chain.includes(product)) {
      const old = back(reads(product).find((id) => !isGate(id)) ?? "");
      const own = reads(value).find((id) => known.get(id)?.op === "add") ?? null;
      const fresh = own ? back(reads(own).find((id) => id !== product) ?? "").chain : [];
      written.reset = { product, gate: reads(product).find((id) => isGate(id)) ?? "", sum: own, old: old.chain, fresh };
      written.chain = [];
    }
  }
  return { memory, before, sum, kept, written, out: outOf(), reads };

  /** @returns {Out | null} */
  function outOf() {
    // Where a layer of its own reads what leaves, it comes last.
    const value = nodes.filter((node) => node.kind === "value" && node.role === "output" && !isStep(node.id)).at(-1);
    if (!value) return null;
    const [read, ...more] = reads(value.id);
    const isRead = more.length === 0 && known.get(read)?.kind === "value" && !isStep(read) && read !== memory && reads(read).length === 1 && isProduct(reads(read)[0]);
    return isRead ? leaving(read, value.id) : leaving(value.id, null);
  }

  /** @param {string} value @param {string | null} readout @returns {Out} */
  function leaving(value, readout) {
    const [product] = reads(value);
    if (!isProduct(product) || reads(value).length > 1) return { value, product: null, gate: null, chain: [], from: memory, box: null, readout };
    const gate = reads(product).find((id) => isGate(id)) ?? null;
    const { from, chain } = back(reads(product).find((id) => id !== gate) ?? "");
    const box = from !== memory && reads(from).length === 1 ? from : null;
    return { value, product, gate, chain, from: box ? reads(box)[0] : from, box, readout };
  }
}

/** Whether it is a block with four inputs and one output: a gate for what is written and one for what is read. @param {Belt} belt */
export function isBlock({ kept, written, out, reads }) {
  const gates = [kept.factor?.gate, written.factor?.gate, out?.gate];
  return !written.made.length && !out?.readout && Boolean(out?.product && out.gate && !out.box && written.product && written.value && written.factor?.gate)
    && !written.box && !written.reset && !written.chain.length && !kept.box
    && !kept.factor?.via && !written.factor?.via && (kept.product === null) === (kept.factor === null)
    && gates.every((gate) => !gate || !reads(gate).some((id) => id.includes("/")));
}

/** Whether one gate says how much of the old is kept and how much of the new is written: its two shares are one. @param {Belt} belt */
export function isMixer({ before, kept, written, out, reads }) {
  const [keeps, writes] = [kept.factor, written.factor];
  if (!keeps?.gate || !writes?.gate || !written.value || written.made.length || kept.box || written.box || written.chain.length || out?.box || out?.readout) return false;
  if (out && (out.product ? !out.gate : out.chain.length > 0)) return false;
  /** The gate that another is worked out from, as 1 − i is. @param {string} gate */
  const source = (gate) => (reads(gate).length === 1 && reads(gate)[0].includes("/") && reads(reads(gate)[0]).length === 1 ? reads(reads(gate)[0])[0] : null);
  const derived = source(keeps.gate) === writes.gate || source(writes.gate) === keeps.gate;
  const shared = keeps.gate === writes.gate && Boolean(keeps.via) !== Boolean(writes.via);
  if (derived ? keeps.via || writes.via : !shared) return false;
  const { reset } = written;
  return !reset || (reads(reset.old[0] ?? reset.product).includes(before) && (!reset.sum || reads(reset.fresh[0] ?? "").includes("x")));
}
