import assert from "node:assert/strict";
import { test } from "node:test";
import { cellBeside, lessonMiniatures, libraryCells } from "../../../static/net/library.js";

test("the list is asked for beside the page", async () => {
  const asked = [];
  const ask = async (address) => {
    asked.push(String(address));
    return { ok: true, status: 200, json: async () => ({ cells: [{ name: "lstm" }] }) };
  };
  assert.deepEqual(await libraryCells("http://127.0.0.1:1/unrolled/?lang=zh", ask), [{ name: "lstm" }]);
  assert.deepEqual(asked, ["http://127.0.0.1:1/unrolled/api/cells"]);
});

test("another answer is none", async () => {
  await assert.rejects(libraryCells("http://127.0.0.1:1/", async () => ({ ok: false, status: 503, json: async () => ({}) })), /api\/cells: 503/);
});

test("a cell beside an experiment is asked for with the experiment, odd numbers by name", async () => {
  const asked = [];
  const ask = async (address, { method, body }) => {
    asked.push([String(address), method, body]);
    return { ok: true, status: 200, json: async () => ({ cell: "gru" }) };
  };
  assert.deepEqual(await cellBeside("http://127.0.0.1:1/a/", { step: -Infinity }, "gru", ask), { cell: "gru" });
  assert.deepEqual(asked, [["http://127.0.0.1:1/a/api/cells/gru/beside", "POST", '{"experiment":{"step":"-inf"}}']]);
  await assert.rejects(cellBeside("http://127.0.0.1:1/", {}, "gru", async () => ({ ok: false, status: 422, json: async () => ({}) })), /beside: 422/);
});

test("pictures of lessons are asked for in the same way", async () => {
  const ask = async (address) => ({ ok: String(address).endsWith("/api/miniatures"), status: 404, json: async () => ({ miniatures: { cell: { steps: 1, rows: [] } } }) });
  assert.deepEqual(await lessonMiniatures("http://127.0.0.1:1/", ask), { cell: { steps: 1, rows: [] } });
});
