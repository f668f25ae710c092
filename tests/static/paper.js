/** The least of a document that drawing needs, and a memory cell with known numbers, for the tests of static/draw. */

class FakeNode {
  constructor(tag) {
    this.tag = tag;
    this.nodeName = tag;
    this.attributes = new Map();
    this.childNodes = [];
    this.parent = null;
    this.listeners = {};
    this.writes = 0;
    this.style = {
      values: {}, writes: 0,
      setProperty: (name, value) => {
        this.style.writes += 1;
        this.style.values[name] = value;
      },
    };
    const names = () => (this.attributes.get("class") ?? "").split(" ").filter(Boolean);
    this.classList = {
      contains: (name) => names().includes(name),
      toggle: (name, on) => this.attributes.set("class", (on ? [...names(), name] : names().filter((one) => one !== name)).join(" ")),
    };
  }
  get children() { return this.childNodes.filter((one) => one instanceof FakeNode); }
  get firstChild() { return this.childNodes[0] ?? null; }
  setAttribute(name, value) {
    this.writes += 1;
    this.attributes.set(name, String(value));
  }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  hasAttribute(name) { return this.attributes.has(name); }
  removeAttribute(name) { this.attributes.delete(name); }
  addEventListener(name, listener) { this.listeners[name] = listener; }
  append(...nodes) {
    for (const node of nodes) {
      if (node instanceof FakeNode) node.parent = this;
      this.childNodes.push(node);
    }
  }
  prepend(...nodes) { this.childNodes.unshift(...nodes); }
  replaceChildren(...nodes) {
    this.childNodes = [];
    this.append(...nodes);
  }
  get textContent() { return this.childNodes.map((one) => (typeof one === "string" ? one : one.textContent)).join(""); }
  set textContent(text) { this.childNodes = text === "" ? [] : [text]; }
  focus() { FakeNode.focused = this; }
  matches(selector) { return selector === ":focus-visible" ? FakeNode.focused === this : false; }
  /** All below, by tag or class. */
  all(test) {
    const wanted = typeof test === "string" ? (node) => node.tag === test || node.classList.contains(test) : test;
    return this.children.flatMap((child) => [...(wanted(child) ? [child] : []), ...child.all(test)]);
  }
}

export const document = {
  createElement: (tag) => new FakeNode(tag),
  createElementNS: (_, tag) => new FakeNode(tag),
};

export const LAYER = "main.1.forward";
export const INPUT = "main.0.forward.x";
const sigmoid = (value) => 1 / (1 + Math.exp(-value));
const GATES = { i: [[0, 100, 0], -10], f: [[0, 100, 0], 10], o: [[0, 0, 100], -10] };
export const INPUTS = [[3, 1, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1], [3, -1, 0]];

const gate = (name) => ["sigmoid", ["add", ["matmul", `W_${name}`, "x"], `b_${name}`]];
const EQUATIONS = {
  z: ["add", ["matmul", "W_z", "x"], "b_z"], i: gate("i"), f: gate("f"), o: gate("o"),
  c: ["add", ["mul", "f", "c_prev"], ["mul", "i", "z"]], y: ["mul", "o", "c"],
};
const line = (target, expr) => ({ target, expr, of: target.split(":")[0] });
const term = (expr, via, when = "now") => ({ expr, via, when });

export const PROGRAM = {
  inputs: [{ name: "x", size: "inputs" }], states: ["c"], output: "y", constants: {}, parameters: [], values: [],
  equations: Object.entries(EQUATIONS).map(([target, expr]) => ({ target, expr, label: "" })),
  lowered: Object.entries(EQUATIONS).flatMap(([target, expr]) =>
    expr[0] === "sigmoid" ? [line(`${target}:in`, expr[1]), line(target, ["sigmoid", `${target}:in`])] : [line(target, expr)]),
  adjoint: [
    { target: "∂y", symbol: "y", terms: [term(["outside", "y"], "y", "outside")] },
    { target: "∂c", symbol: "c", terms: [term(["outside", "c"], "c", "outside"), term(["mul", "∂y", "o"], "y"), term(["next", "∂c_prev"], "c", "next")] },
    { target: "∂f", symbol: "f", terms: [term(["mul", "∂c", "c_prev"], "c")] },
    { target: "∂c_prev", symbol: "c_prev", terms: [term(["mul", "∂c", "f"], "c")] },
  ],
};

const node = (id, kind, role, op = "", of = id.split("/")[0]) => ({ id, kind, role, op, of, name: kind === "op" ? "" : id, label: id === "f" ? "forget gate" : "" });
const edge = (from, to) => ({ from, to, name: from });
export const DIAGRAM = {
  nodes: [
    node("x", "input", "input"), node("c_prev", "before", "state"), node("z", "value", "value", "affine"),
    ...["i", "f", "o"].map((name) => node(name, "value", "gate", "sigmoid")),
    node("c/0", "op", "", "mul"), node("c/1", "op", "", "mul"), node("c/", "op", "", "add"), node("c", "value", "state"),
    node("y/", "op", "", "mul"), node("y", "value", "output"),
  ],
  edges: [
    ...["z", "i", "f", "o"].map((to) => edge("x", to)), edge("f", "c/0"), edge("c_prev", "c/0"), edge("i", "c/1"), edge("z", "c/1"),
    edge("c/0", "c/"), edge("c/1", "c/"), edge("c/", "c"), edge("o", "y/"), edge("c", "y/"), edge("y/", "y"),
  ],
};

/** The walkthrough's five steps, differentiated from y at step 4. */
export function sources() {
  const values = Object.fromEntries(["z", "i:in", "i", "f:in", "f", "o:in", "o", "c", "y"].map((name) => [name, []]));
  let c = 0;
  for (const x of INPUTS) {
    const now = { z: x[0] };
    for (const [name, [weights, bias]] of Object.entries(GATES)) {
      now[`${name}:in`] = weights.reduce((sum, weight, index) => sum + weight * x[index], bias);
      now[name] = sigmoid(now[`${name}:in`]);
    }
    now.c = c = now.f * c + now.i * now.z;
    now.y = now.o * c;
    for (const [name, value] of Object.entries(now)) values[name].push(value);
  }
  const gradients = { y: [0, 0, 0, 1, 0], c: [0, 0, 0, 0, 0], f: [0, 0, 0, 0, 0] };
  let later = 0;
  for (let t = 4; t >= 0; t--) {
    gradients.c[t] = gradients.y[t] * values.o[t] + later;
    gradients.f[t] = gradients.c[t] * (values.c[t - 1] ?? 0);
    later = gradients.c[t] * values.f[t];
  }
  const series = (record) => Object.fromEntries(Object.entries(record).map(([name, data]) => [`${LAYER}.${name}`, { data, first: 1, steps: 5, units: 1 }]));
  const symbol = (name, role) => [`${LAYER}.${name}`, { symbol: name, kind: "value", size: 1, role, label: name === "f" ? "forget gate" : "" }];
  return {
    network: {
      layers: [{ address: LAYER, part: "main", layer: "1", direction: "forward", program: "cell", sizes: { inputs: 3, units: 1 } }],
      programs: { cell: PROGRAM },
      diagrams: { cell: { gate: DIAGRAM, operation: DIAGRAM } },
      symbols: Object.fromEntries([
        [INPUT, { symbol: "x", kind: "input", size: 3, role: "input" }],
        ...["z", "i", "f", "o", "c", "y"].map((name) => symbol(name, name === "c" ? "state" : "ifo".includes(name) ? "gate" : "value")),
        ...["z", "i", "f", "o"].flatMap((name) => [
          [`${LAYER}.W_${name}`, { symbol: `W_${name}`, kind: "parameter", shape: [1, 3] }], [`${LAYER}.b_${name}`, { symbol: `b_${name}`, kind: "parameter", shape: [1] }],
        ]),
      ]),
    },
    experiment: {
      sequence: { inputs: INPUTS }, initial: {}, backward: { of: `${LAYER}.y`, step: 4, unit: null },
      parameters: { values: Object.fromEntries([
        [`${LAYER}.W_z`, [[1, 0, 0]]], [`${LAYER}.b_z`, [0]],
        ...Object.entries(GATES).flatMap(([name, [weights, bias]]) => [[`${LAYER}.W_${name}`, [weights]], [`${LAYER}.b_${name}`, [bias]]]),
      ]) },
    },
    values: series(values), gradients: series(gradients),
  };
}
