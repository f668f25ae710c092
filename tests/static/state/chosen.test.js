import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenWeight, heldWeight } from "../../../static/state/chosen.js";
import { MAIN, network, state } from "../scene.js";

test("the chosen weight, its place in a row and its number", () => {
  const found = chosenWeight(state({ selected: { address: `${MAIN}W_f`, index: [0, 1] } }));
  assert.deepEqual(found, { address: `${MAIN}W_f`, at: 1, value: 100, label: "W_f[1,2]" });
});

test("else one through which a state is heard, else the first", () => {
  assert.deepEqual(chosenWeight(state()), { address: `${MAIN}W_z`, at: 0, value: 1, label: "W_z[1,1]" });
  const hearing = network();
  hearing.programs["memory-cell"].parameters[3].recurrent = true;
  assert.deepEqual(chosenWeight(state({ network: hearing })), { address: `${MAIN}b_f`, at: 0, value: 10, label: "b_f" });
});

test("only what something is known of; of nothing there is none", () => {
  assert.equal(chosenWeight(state(), (address) => address.endsWith("b_z"))?.address, `${MAIN}b_z`);
  assert.equal(chosenWeight(state(), () => false), null);
});

test("what the slider holds is the forget gate's bias where the words speak of no weight", () => {
  assert.equal(heldWeight(state())?.address, `${MAIN}b_f`);
  assert.equal(heldWeight(state({ selected: { address: `${MAIN}W_f`, index: [0, 1] } }))?.label, "W_f[1,2]");
});
