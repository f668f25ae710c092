import assert from "node:assert/strict";
import { test } from "node:test";
import { createSurface } from "../../../static/state/surface.js";
import { settings, sides } from "../../../static/state/surfaces.js";
import { MAIN, page } from "../scene.js";

const B = `${MAIN}b_f`;
const Z = `${MAIN}b_z`;
const AXES = { study: "surface", across: `${Z}.0:-1:1`, down: `${B}.0:0:20`, target: 0.5 };

function open() {
  const made = page();
  made.ready();
  const actions = made.actions.more(createSurface);
  const asked = (type) => made.sent.filter((message) => message.type === type);
  const refresh = () => {
    made.tick();
    actions.refreshSurface();
  };
  const answer = (message) => made.listeners.main.received({ lane: "main", ...message });
  actions.setSurface(AXES);
  refresh();
  return { ...made, actions, asked, refresh, answer, now: () => made.store.get() };
}

test("a surface and where the network stands on it are asked for once", () => {
  const { asked, refresh } = open();
  refresh();
  const [land] = asked("landscape");
  assert.equal(asked("landscape").length, 1);
  assert.deepEqual(land.across, { address: Z, index: [0], low: -1, high: 1, count: 161 });
  assert.deepEqual(land.loss, { kind: "squared", of: `${MAIN}y`, targets: [null, null, null, [0.5]] });
  const [descend] = asked("descend");
  assert.deepEqual([descend.down, descend.rate, descend.clip, descend.updates], [{ address: B, index: [0] }, 0.1, null, 0]);
});

test("the network's own two numbers move the point and not the surface; any other number changes it", () => {
  const { actions, asked, refresh, sent } = open();
  actions.putAt("main", 0.5, 3);
  refresh();
  assert.deepEqual([asked("landscape").length, asked("descend").length], [1, 2]);
  const types = sent.map(({ type }) => type);
  assert.ok(types.lastIndexOf("change") < types.lastIndexOf("descend"), "the engine has the numbers before it is asked about them");
  actions.setParameter(`${MAIN}W_z`, [0, 0], 2);
  refresh();
  assert.deepEqual([asked("landscape").length, asked("descend").length], [2, 3]);
  actions.setUntil(2);
  refresh();
  assert.equal(asked("landscape").at(-1).loss.targets.length, 2);
});

test("rows come from coarse to fine; an answer to an older question is not shown", () => {
  const { actions, asked, refresh, answer, now } = open();
  const row = (value) => [{ name: "losses", shape: [1, 161], data: new Float64Array(161).fill(value) }];
  const [{ id }] = asked("landscape");
  answer({ type: "rows", id, rows: [80], arrays: row(3) });
  assert.equal(now().surfaces.main.losses[80 * 161 + 7], 3);
  assert.ok(Number.isNaN(now().surfaces.main.losses[0]));
  actions.setSurface({ target: 0.25 });
  refresh();
  answer({ type: "rows", id, rows: [80], arrays: row(9) });
  assert.equal(now().surfaces.main.losses[80 * 161 + 7], 3);
  answer({ type: "rows", id: asked("landscape").at(-1).id, rows: [80], arrays: row(4) });
  assert.equal(now().surfaces.main.losses[80 * 161 + 7], 4);
});

test("a problem is told at the surface and takes nothing back", () => {
  const { asked, answer, now } = open();
  answer({ type: "problems", id: asked("landscape")[0].id, problems: [{ code: "over-limit", args: { limit: "points" }, message: "too many" }] });
  assert.equal(now().surfaces.main.problems[0].code, "over-limit");
  assert.deepEqual(now().problems, []);
});

test("the way down arrives in parts, and the network can be put at its end", () => {
  const { actions, asked, refresh, answer, now } = open();
  actions.roll(10);
  refresh();
  const { id, updates } = asked("descend").at(-1);
  assert.equal(updates, 10);
  const part = (...at) => [
    { name: "at", data: Float64Array.from(at) }, { name: "gradient", data: Float64Array.from(at) },
    { name: "loss", data: Float64Array.of(at[0]) }, { name: "norm", data: Float64Array.of(at[0]) },
  ];
  answer({ type: "footholds", id, first: 0, arrays: part(0, 10) });
  answer({ type: "footholds", id, first: 1, arrays: part(0.25, 12) });
  assert.deepEqual([...now().surfaces.main.path.at], [0, 10, 0.25, 12]);
  actions.takeOver();
  assert.deepEqual([now().experiment.parameters.values[Z], now().experiment.parameters.values[B]], [[0.25], [12]]);
  assert.equal(settings(sides(now())[0]).updates, 0);
  actions.undo();
  assert.deepEqual(now().experiment.parameters.values[B], [10]);
});

test("a key moves the network by one point of the picture, and not beyond its edge", () => {
  const { actions, now } = open();
  actions.moveBy("main", 1, 0);
  assert.deepEqual(now().experiment.parameters.values[Z], [0.0125]);
  actions.moveBy("main", 0, 1000);
  assert.deepEqual(now().experiment.parameters.values[B], [20]);
});

test("after a break it is asked again", () => {
  const { asked, listeners, answer } = open();
  listeners.main.lost();
  listeners.main.connected();
  assert.equal(asked("landscape").length, 1, "not before the engine has opened the experiment");
  answer({ type: "opened", id: asked("open").at(-1).id, experiment: null, network: { layers: [] }, lesson: null, cell: null });
  assert.equal(asked("landscape").length, 2);
});

test("a network beside the first is asked about in its own lane, and what is gone is forgotten", () => {
  const { actions, store, now } = open();
  const { experiment: base, network } = now();
  const record = { cell: "lstm", network: base.network, parameters: base.parameters, initial: base.initial };
  store.set({ lanes: [{ id: "second", record, base, ground: null, network, values: {}, gradients: {}, totals: {}, bounds: {}, problems: [] }] });
  const heard = [];
  const inquire = (id, message, answer) => heard.push({ id, type: message.type, answer });
  actions.refreshSurface();
  assert.deepEqual(heard, [], "not before lanes can be asked");
  actions.refreshSurface(inquire);
  assert.deepEqual(heard.map(({ id, type }) => [id, type]), [["second", "landscape"], ["second", "descend"]]);
  heard[0].answer({ type: "rows", rows: [0], arrays: [{ name: "losses", shape: [1, 161], data: new Float64Array(161).fill(5) }] });
  assert.equal(now().surfaces.second.losses[3], 5);
  assert.ok(Number.isNaN(now().surfaces.main.losses[3]));
  store.set({ lanes: [] });
  actions.refreshSurface(inquire);
  assert.deepEqual(Object.keys(now().surfaces), ["main"]);
});

test("a network beside the first is put at a point of its own picture, whose ranges then stay", () => {
  const { actions, store, now } = open();
  const { experiment: base, network } = now();
  const record = { cell: "lstm", network: base.network, parameters: { seed: 3, starts: {}, values: { [B]: [1] } }, initial: base.initial };
  store.set({ lanes: [{ id: "second", record, base: { ...base, parameters: { ...base.parameters } }, ground: null, network, values: {}, gradients: {}, totals: {}, bounds: {}, problems: [] }], experiment: { ...base, lanes: [record] } });
  actions.setAxes("second", { across: { address: Z, index: [0], low: -2, high: 2 } });
  const [before] = [sides(now())[1]];
  const { down } = settings(before);
  actions.putAt("second", 0.5, 3);
  const numbers = () => settings(sides(now())[1]);
  const at = () => [numbers().across, numbers().down].map(({ address, index }) => index.reduce((nested, place) => nested[place], sides(now())[1].experiment.parameters.values[address]));
  assert.deepEqual(at(), [0.5, 3]);
  assert.deepEqual(now().experiment.parameters.values[Z], [0], "the first stays");
  assert.deepEqual(now().experiment.lanes[0].parameters.values, { [B]: [1], [Z]: [0.5], [down.address]: now().lanes[0].base.parameters.values[down.address] });
  assert.deepEqual([numbers().down.low, numbers().down.high], [down.low, down.high]);
  actions.moveBy("second", 1, 0);
  actions.moveBy("second", 0, 1000);
  assert.deepEqual(at(), [0.525, down.high]);
  assert.equal(now().undo, 2, "the keys are one thing to take back");
});

test("all networks are put where their descents have led, as one thing to take back", () => {
  const { actions, store, now } = open();
  const { experiment: base, network } = now();
  const record = { cell: "lstm", network: base.network, parameters: base.parameters, initial: base.initial };
  store.set({ lanes: [{ id: "second", record, base, ground: null, network, values: {}, gradients: {}, totals: {}, bounds: {}, problems: [] }], experiment: { ...base, lanes: [record] } });
  actions.setAxes("second", { across: { address: Z, index: [0], low: -2, high: 2 }, down: { address: B, index: [0], low: 0, high: 20 } });
  actions.roll(1);
  const path = (...at) => ({ losses: new Float64Array(), of: "", problems: [], path: { at: Float64Array.from(at), gradient: new Float64Array(4), loss: new Float64Array(2), norm: new Float64Array(2) } });
  store.set({ surfaces: { main: path(0, 10, 0.25, 12), second: path(0, 10, 0.5, 14) } });
  const { undo } = now();
  actions.takeOver();
  const ends = sides(now()).map((side) => [Z, B].map((address) => side.experiment.parameters.values[address][0]));
  assert.deepEqual([ends, now().experiment.view.updates, now().undo], [[[0.25, 12], [0.5, 14]], 0, undo + 1]);
});

test("what came of an older surface does not stay between the rows of a newer one", () => {
  const { actions, asked, refresh, answer, now } = open();
  const row = (at, value) => ({ type: "rows", id: asked("landscape").at(-1).id, rows: [at], arrays: [{ name: "losses", shape: [1, 161], data: new Float64Array(161).fill(value) }] });
  answer(row(0, 1));
  actions.setParameter(`${MAIN}W_z`, [0, 0], 2);
  refresh();
  assert.equal(now().surfaces.main.losses[0], 1, "until the first rows come it is what there is");
  answer(row(80, 2));
  assert.ok(Number.isNaN(now().surfaces.main.losses[0]));
  answer(row(0, 3));
  assert.deepEqual([now().surfaces.main.losses[0], now().surfaces.main.losses[80 * 161]], [3, 2]);
});
