import assert from "node:assert/strict";
import { test } from "node:test";
import { createRenewing } from "../../../static/state/renewing.js";
import { experiment, MAIN, network, page } from "../scene.js";

const W = `${MAIN}W_f`;
const Z = `${MAIN}W_z`;

function open() {
  const made = page();
  made.ready();
  /** @type {any} */
  const { renew } = made.actions.more((core) => ({ renew: createRenewing(core) }));
  /** The engine's answer: the network that it was asked for, all numbers 0.5; W_f has as many columns. */
  const answer = (columns = 2) => {
    const asked = made.sent.at(-1).experiment.network;
    const fresh = network();
    fresh.symbols[W].shape = [1, columns];
    for (const [one, other] of Object.entries(asked.tied)) fresh.symbols[one].tied = other;
    const all = { [W]: [Array(columns).fill(0.5)], [Z]: [[0.5, 0.5]], [`${MAIN}b_f`]: [0.5], [`${MAIN}b_z`]: [0.5] };
    const values = Object.fromEntries(Object.entries(all).filter(([address]) => !(address in asked.tied)));
    made.opened(experiment({ network: asked, parameters: { seed: 0, starts: {}, values }, initial: {}, backward: null }), { network: fresh });
  };
  return { ...made, renew, answer, asked: () => made.sent.at(-1).experiment.network.tied, now: () => made.store.get().experiment };
}

test("numbers of the same name and shape stay, the others begin anew, and that is one change", () => {
  const { renew, answer, now, store } = open();
  renew(now().network);
  answer(3);
  assert.deepEqual(now().parameters.values, { [W]: [[0.5, 0.5, 0.5]], [Z]: [[1, 0]], [`${MAIN}b_f`]: [10], [`${MAIN}b_z`]: [0] });
  assert.equal(store.get().undo, 1);
});

test("which numbers are kept can be said", () => {
  const { renew, answer, now } = open();
  renew(now().network, { held: (values) => ({ ...values, [W]: values[Z] }) });
  answer();
  assert.deepEqual(now().parameters.values[W], [[1, 0]]);
});

test("a tie lasts where its two still fit, and is left out where they do not", () => {
  for (const [columns, left] of /** @type {const} */ ([[2, { [W]: Z }], [3, {}]])) {
    const { renew, answer, asked, now } = open();
    renew({ ...now().network, tied: { [W]: Z } });
    assert.deepEqual(asked(), {});
    answer(columns);
    if (columns === 2) {
      assert.deepEqual(asked(), left);
      answer();
    }
    assert.deepEqual(now().network.tied, left);
  }
});
