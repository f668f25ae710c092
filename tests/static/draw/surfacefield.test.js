import assert from "node:assert/strict";
import { test } from "node:test";
import { lossScale } from "../../../static/draw/lossscale.js";
import { surfaceField } from "../../../static/draw/surfacefield.js";
import { document } from "../canvas.js";

const losses = Float32Array.from([0, 1, 1, 4]);
const scene = (more = {}) => ({
  losses, side: 2, scale: lossScale(losses), colours: Array.from({ length: 256 }, (_, at) => [at, at, at]), line: "#000000",
  point: { x: 0.25, y: 0.75 }, path: [], thrown: -1, arrow: null, pointed: null, ...more,
});
const part = (field, name) => {
  const walk = (node) => (String(node.getAttribute?.("class") ?? "").split(" ").includes(name) ? node : [...(node.children ?? [])].map(walk).find(Boolean));
  return walk(field.node);
};

test("high values lie above: the point is counted from the lower left corner", () => {
  const field = surfaceField(document);
  field.paint(scene(), 200, 100);
  assert.deepEqual(["cx", "cy"].map((name) => part(field, "surface-here").getAttribute(name)), ["50.0", "25.0"]);
});

test("the way is drawn on where it leaves the picture, and marked at the last place before", () => {
  const field = surfaceField(document);
  field.paint(scene({ path: [{ x: 0.5, y: 0.5 }, { x: 0.4, y: 0.4 }, { x: 1000, y: 3 }], thrown: 1 }), 100, 100);
  assert.equal(part(field, "surface-way").getAttribute("points"), "50.0,50.0 40.0,60.0 2000.0,-200.0");
  assert.equal(part(field, "surface-out").getAttribute("transform"), "translate(40.0,60.0)");
  field.paint(scene(), 100, 100);
  assert.equal(part(field, "surface-steps").children.length, 0);
});

test("on the edge the mark is whole, outside there is none", () => {
  const field = surfaceField(document);
  const outside = (point) => {
    field.paint(scene({ point }), 100, 100);
    return part(field, "surface-here").classList.contains("is-outside");
  };
  assert.deepEqual([{ x: 0, y: 1 }, { x: -1e-12, y: 0.5 }, { x: 1.01, y: 0.5 }, { x: 0.5, y: -0.2 }].map(outside), [false, false, true, true]);
});

test("before the first row there is no colour", () => {
  const field = surfaceField(document);
  const isEmpty = (losses) => {
    field.paint(scene({ losses }), 100, 100);
    return part(field, "surface-picture").classList.contains("is-empty");
  };
  assert.deepEqual([new Float64Array(), losses].map(isEmpty), [true, false]);
});

test("a clipped gradient stands in front of the whole one", () => {
  const field = surfaceField(document);
  field.paint(scene({ point: { x: 0, y: 0 }, arrow: { x: 1, y: 0, length: 90, clipped: 30, text: "|g| = 5" } }), 100, 100);
  const [whole, clipped] = ["is-whole", "surface-gradient"].map((name) => part(field, name));
  assert.ok(whole.getAttribute("d").startsWith("M0.0 100.0L90.0 100.0"));
  assert.ok(clipped);
  assert.equal(part(field, "surface-norm").textContent, "|g| = 5");
});

test("the same losses are painted anew where their colours are scaled for another network as well", () => {
  const field = surfaceField(document);
  const pictures = (more) => {
    field.paint(scene(more), 100, 100);
    return part(field, "surface-picture").getContext("2d").calls.filter(([name]) => name === "drawImage").length;
  };
  const scale = lossScale([0, 16]);
  const own = { scale: lossScale(losses), colours: scene().colours };
  assert.deepEqual([own, own, { ...own, scale }, { ...own, scale }].map(pictures), [1, 1, 2, 2]);
});
