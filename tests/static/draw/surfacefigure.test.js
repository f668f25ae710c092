import assert from "node:assert/strict";
import { test } from "node:test";
import { lossScale } from "../../../static/draw/lossscale.js";
import { surfaceFigure } from "../../../static/draw/surfacefigure.js";

const style = { ink: "ink", muted: "muted", line: "line", ground: "ground", accent: "accent", font: "font" };
const words = { across: "b", down: "w", loss: "loss" };

test("heights by rows, the way only where it lies on the surface", () => {
  const losses = Float32Array.from([0, 1, NaN, 4]);
  const path = [{ across: 0, down: 5, loss: 1 }, { across: 9, down: 5, loss: 0 }];
  const { traces, layout } = surfaceFigure({ losses, side: 2, across: [0, 1], down: [5, 6], path, scale: lossScale(losses), colours: Array.from({ length: 256 }, (_, at) => [at, at, at]), revision: 3, width: 400, height: 200 }, style, words);
  assert.deepEqual(traces[0].z, [[0, 1], [null, 4]]);
  assert.deepEqual(traces[0].surfacecolor, [[0, 0.5], [null, 1]]);
  assert.deepEqual(traces[0].colorscale.at(-1), [1, "#fefefe"]);
  assert.deepEqual(traces[1].x, [0]);
  assert.deepEqual(traces[1].z, [1 + 0.035 * 4], "the way is not covered by the surface that it lies on");
  assert.deepEqual([layout.scene.zaxis.range, layout.scene.zaxis.tickvals], [[0, 4], [1, 2, 3, 4]]);
  assert.equal(layout.scene.xaxis.title.text, "b");
});

test("a figure that is narrow is seen from farther off, so that the names of its axes are whole", () => {
  const seen = (/** @type {number} */ width, /** @type {number} */ height) => {
    const losses = Float64Array.from([0, 1, 2, 4]);
    const scene = { losses, side: 2, across: [0, 1], down: [5, 6], path: [], scale: lossScale(losses), colours: Array.from({ length: 256 }, () => [0, 0, 0]), revision: 1, width, height };
    const { layout } = surfaceFigure(scene, style, words);
    assert.deepEqual([layout.width, layout.height], [width, height]);
    return [layout.scene.camera.eye.x, layout.scene.zaxis.title.text];
  };
  assert.deepEqual(seen(331, 157), [1.4, "loss"]);
  assert.deepEqual(seen(300, 300), [1.4 * 1.58, "loss"]);
  assert.deepEqual(seen(195, 195), [1.4 * 1.93, ""]);
});
