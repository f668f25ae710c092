import assert from "node:assert/strict";
import { test } from "node:test";
import { lossScale } from "../../../static/draw/lossscale.js";
import { surfaceFigure } from "../../../static/draw/surfacefigure.js";

const style = { ink: "ink", muted: "muted", line: "line", ground: "ground", accent: "accent", font: "font" };
const words = { across: "b", down: "w", loss: "loss" };

test("heights by rows, the way only where it lies on the surface", () => {
  const losses = Float32Array.from([0, 1, NaN, 4]);
  const path = [{ across: 0, down: 5, loss: 1 }, { across: 9, down: 5, loss: 0 }];
  const { traces, layout } = surfaceFigure({ losses, side: 2, across: [0, 1], down: [5, 6], path, scale: lossScale(losses), colours: Array.from({ length: 256 }, (_, at) => [at, at, at]), revision: 3 }, style, words);
  assert.deepEqual(traces[0].z, [[0, 1], [null, 4]]);
  assert.deepEqual(traces[0].surfacecolor, [[0, 0.5], [null, 1]]);
  assert.deepEqual(traces[0].colorscale.at(-1), [1, "#fefefe"]);
  assert.deepEqual(traces[1].x, [0]);
  assert.deepEqual(layout.scene.zaxis.range, [0, 4]);
  assert.equal(layout.scene.xaxis.title.text, "b");
});
