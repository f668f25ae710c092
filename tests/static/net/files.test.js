import assert from "node:assert/strict";
import { test } from "node:test";
import { faces, traceFile, traceValues } from "../../../static/net/files.js";

const BASE = "http://127.0.0.1:1/unrolled/";

test("a run is asked for with its gradients or without, in a format", async () => {
  const asked = [];
  const ask = async (address, { body }) => {
    asked.push([String(address), body]);
    return { ok: true, blob: async () => "blob" };
  };
  assert.equal(await traceFile(BASE, { step: NaN }, "csv", true, ask), "blob");
  await traceFile(BASE, {}, "npz", false, ask);
  assert.deepEqual(asked, [
    [`${BASE}api/gradients?format=csv`, '{"experiment":{"step":"nan"}}'], [`${BASE}api/trace?format=npz`, '{"experiment":{}}'],
  ]);
});

test("a refusal brings the server's problems", async () => {
  const ask = async () => ({ ok: false, status: 422, json: async () => ({ problems: [{ code: "over-limit" }] }) });
  await assert.rejects(traceFile(BASE, {}, "csv", false, ask), ({ problems }) => problems[0].code === "over-limit");
});

test("all values come by address, and what is no number has its name", async () => {
  const steps = [{ values: { h: [1, "inf"] } }, { values: { h: [-0.5, "nan"] } }];
  const { h } = await traceValues(BASE, {}, async () => ({ ok: true, blob: async () => new Blob([JSON.stringify({ steps })]) }));
  assert.deepEqual([[...h.data], h.first, h.steps, h.units], [[1, Infinity, -0.5, NaN], 1, 2, 2]);
});

test("what each step costs comes with the values", async () => {
  const steps = [{ values: { h: [1] }, losses: { loss: 0.5, loss_probability: "nan" } }, { values: { h: [2] }, losses: { loss: 0, loss_probability: 1 } }];
  const found = await traceValues(BASE, {}, async () => ({ ok: true, blob: async () => new Blob([JSON.stringify({ steps })]) }));
  assert.deepEqual([[...found.loss.data], found.loss.units, [...found.loss_probability.data]], [[0.5, 0], 1, [NaN, 1]]);
});

test("faces come as base64, long ones too", async () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 251);
  const found = await faces(BASE, async () => ({ ok: true, arrayBuffer: async () => bytes.buffer }));
  assert.deepEqual(found.map(({ family, range }) => [family, range]), [["Inter", undefined], ["STIX Two Text", undefined], ["STIX Two Text", "U+370-3FF"]]);
  assert.deepEqual(Uint8Array.from(atob(found[0].data), (sign) => sign.charCodeAt(0)), bytes);
  await assert.rejects(faces(BASE, async () => ({ ok: false, status: 404 })), /inter: 404/);
});
