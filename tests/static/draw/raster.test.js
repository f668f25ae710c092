import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dots, vector } from "../../../static/draw/raster.js";

globalThis.XMLSerializer = class {
  serializeToString({ text }) {
    return text;
  }
};
const revoked = [];
const revoke = URL.revokeObjectURL;
URL.revokeObjectURL = (address) => {
  revoked.push(address);
  revoke(address);
};
afterEach(() => revoked.splice(0));

const drawing = { text: "<svg/>", getAttribute: (name) => ({ width: "300.4", height: "100" })[name] };

/** @param {{broken?: boolean, empty?: boolean}} how */
function page({ broken = false, empty = false } = {}) {
  const drawn = [];
  const canvas = { getContext: () => ({ drawImage: (_image, ...place) => drawn.push(place) }), toBlob: (done) => done(empty ? null : "png") };
  const image = { decode: async () => { if (broken) throw new Error("broken"); } };
  return { document: { createElement: (tag) => (tag === "canvas" ? canvas : image) }, canvas, drawn };
}

test("a drawing is a file of its own", async () => {
  const blob = vector(drawing);
  assert.equal(blob.type, "image/svg+xml");
  assert.equal(await blob.text(), '<?xml version="1.0" encoding="UTF-8"?>\n<svg/>\n');
});

test("dots are as many as the scale asks for", async () => {
  const { document, canvas, drawn } = page();
  assert.equal(await dots(document, drawing, 2), "png");
  assert.deepEqual([canvas.width, canvas.height, drawn], [601, 200, [[0, 0, 601, 200]]]);
  assert.equal(revoked.length, 1);
});

test("what cannot be drawn is said, and nothing is left behind", async () => {
  await assert.rejects(dots(page({ broken: true }).document, drawing, 2), /broken/);
  await assert.rejects(dots(page({ empty: true }).document, drawing, 2), /no picture/);
  assert.equal(revoked.length, 2);
});
