import assert from "node:assert/strict";
import { test } from "node:test";

import { layout } from "../../../static/draw/layout.js";
import { drawingFor, drawingsOf } from "../../../static/draw/layouts.js";
import { mirrored } from "../../../static/draw/mirror.js";
import { valves } from "../../../static/draw/valves.js";
import { DIAGRAMS } from "../diagrams.js";

/** Every drawing there is, of every cell of the library. */
const drawings = Object.values(DIAGRAMS).flatMap((diagram) => [
  ...drawingsOf(diagram).map((kind) => drawingFor(diagram, { kind, units: 2, inputs: 2, narrow: false, aspect: 2, type: 1.4, valves })),
  layout(diagram, { units: () => 2, aspect: 2, high: 300, type: 1 }),
]).filter((drawing) => drawing !== null);

test("what was before stands on the right, and what goes on leaves to the left", () => {
  assert.ok(drawings.length > 20);
  for (const drawing of drawings) {
    const turned = mirrored(drawing);
    const middle = (drawing.width - (drawing.side ?? 0)) / 2;
    for (const [id, { x, label }] of Object.entries(drawing.places)) {
      const place = turned.places[id];
      assert.ok(Math.abs((x + place.x) / 2 - middle) < 0.06);
      if (!label) continue;
      assert.ok(Math.abs((label.x + place.label.x) / 2 - middle) < 0.06);
      assert.equal(place.label.anchor, { start: "end", middle: "middle", end: "start" }[label.anchor]);
    }
    for (const [index, { d, onward }] of turned.wires.entries()) {
      const [from, to] = [d, drawing.wires[index].d].map((path) => path.match(/-?[\d.]+/g).map(Number));
      assert.equal(from.length, to.length, d);
      if (onward) assert.ok(Number(/H(-?[\d.]+)$/.exec(d)[1]) < from[0], `${d} leads left`);
    }
  }
});

test("turned twice it is what it was", () => {
  const near = (/** @type {any} */ one) => JSON.stringify(one, (key, value) => (key === "turned" ? undefined : key === "d" ? value.replace(/[ ,]+/g, " ").replace(/ ?([A-Z]) ?/g, "$1").replace(/-?\d+\.?\d*/g, (/** @type {string} */ number) => Number(number).toFixed(0)) : typeof value === "number" ? Math.round(value) : value));
  for (const drawing of drawings) assert.equal(near(mirrored(mirrored(drawing))), near(drawing));
});
