import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi, Refused } from "../../../static/net/api.js";

function server(answers) {
  const asked = [];
  const api = createApi("http://here/folder/", async (address, how) => {
    asked.push([address.href, how?.body && JSON.parse(how.body)]);
    const [status, data] = answers.shift();
    return { ok: status < 400, status, json: async () => data };
  });
  return { api, asked };
}

test("questions go below the page's own address", async () => {
  const { api, asked } = server([[200, { signs: ["+"] }], [200, { program: { text: "h = x" } }]]);
  assert.deepEqual(await api.vocabulary(), { signs: ["+"] });
  assert.equal(await api.text("lstm"), "h = x");
  assert.deepEqual(asked.map(([address]) => address), ["http://here/folder/api/language", "http://here/folder/api/cells/lstm"]);
});

test("a cell is written anew, and numbers that JSON has no sign for come back", async () => {
  const { api, asked } = server([[200, { experiment: { parameters: { values: { W: ["inf"] } } }, problems: [] }]]);
  const made = await api.rewrite({ sequence: { inputs: [[Infinity]] } }, "own", "h = x");
  assert.equal(made.parameters.values.W[0], Infinity);
  assert.deepEqual(asked[0][1], { experiment: { sequence: { inputs: [["inf"]] } }, cell: "own", text: "h = x" });
});

test("what is wrong is rejected with its problems", async () => {
  const problems = [{ code: "syntax", args: {}, message: "no" }];
  const { api } = server([[200, { experiment: null, problems }], [422, { problems }]]);
  await assert.rejects(api.rewrite({}, "own", "h ="), (error) => error instanceof Refused && error.problems === problems);
  await assert.rejects(api.vocabulary(), (error) => error instanceof Refused && error.message === "no");
});
