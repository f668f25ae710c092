import assert from "node:assert/strict";
import { test } from "node:test";

import { cellFigure } from "../../../static/draw/cellfigure.js";
import { drawingFor, drawingsOf } from "../../../static/draw/layouts.js";
import { layout } from "../../../static/draw/layout.js";
import { leastOf, legible } from "../../../static/draw/legible.js";
import { subjectOf } from "../../../static/draw/subject.js";
import { letters } from "../../../static/draw/symbol.js";
import { valves } from "../../../static/draw/valves.js";
import { DIAGRAMS, OPERATIONS } from "../diagrams.js";
import { document } from "../paper.js";
import { PROJECTED, SIZES, collisions, enlarged, textBoxes, widthOf } from "../textboxes.js";

const ROOMS = [{ narrow: false, aspect: 1.8 }, { narrow: false, aspect: 3 }, { narrow: true, aspect: 1 }];
/** Numbers as long as they usually are. */
const NUMBER = "−0.12345";

/** What is written beside a node. */
function wordsOf(node, place, back, units) {
  const { letter, sub } = letters(node.id);
  const before = node.kind === "before";
  const made = node.kind === "value" && (node.role === "gate" || (node.op && node.op !== "affine"));
  const own = (place.width ?? 0) >= 100 || (place.exact && units === 1) || (units > 1 && units <= 4) ? "" : "0.12345";
  const word = before ? "before" : node.role === "state" ? "after" : node.role !== "gate" || back ? "" : place.share ? "46 % old, 54 % new" : "partly open";
  return {
    letter, sub, number: own, says: place.keeps ? "= keep" : "", word,
    sum: made && !back ? node.role === "gate" ? "σ(−0.97)" : "tanh(−0.97)" : "", slope: made && back ? (node.role === "gate" ? "σ′ 0.00005" : "tanh′ 0.0123") : "",
    gradient: !back ? "" : before ? `to step 2: ${NUMBER}` : `dL/d${letter} ${NUMBER}`,
  };
}

/** What is written along the wires. */
function noteOf(note, back) {
  if (note.stub) return [letters(note.stub).letter, letters(note.stub).sub];
  if (note.onward) return [back ? "from step 4:" : "to step 4", back ? NUMBER : ""];
  if (note.op && note.bare && note.anchor === "middle") return ["", "−0.0123"];
  if (note.op) return [note.bare ? "" : "(1 − z) × n", note.bare ? "−0.123" : NUMBER];
  if (note.slope) return ["", back ? (/ [^/]*:[^/]*$/.test(note.slope) ? "tanh′ 0.0123" : "×(−0.0181)") : ""];
  if (note.word === "cell.before") return [back ? "to step 2:" : "before", NUMBER];
  if (note.word) return [back ? "" : "kept", NUMBER];
  return [back ? "" : "U h =", NUMBER];
}

function written(diagram, drawing, units, back, sizes = SIZES) {
  const how = { address: () => null, units: () => units, nameOf: () => null, roleOf: () => "value" };
  const figure = cellFigure(document, drawing, diagram.nodes, how);
  for (const { node, place, label } of figure.places) label?.paint(wordsOf(node, place, back, units), drawing.type ?? 1);
  for (const { note, paint } of figure.notes) paint(...noteOf(note, back), drawing.type ?? 1);
  return textBoxes(figure.figure, sizes);
}

/** Words break where they are longer than their room, as in a browser. */
Object.assign(Object.getPrototypeOf(document.createElement("p")), {
  ownerDocument: { documentElement: { dataset: {} } },
  getComputedTextLength() {
    return widthOf(this, SIZES.word);
  },
});

for (const [name, diagram] of Object.entries(DIAGRAMS)) {
  test(`${name}: no words stand on others, forward and backward, in every drawing and whatever the room`, () => {
    for (const kind of drawingsOf(diagram)) for (const room of ROOMS) for (const units of [1, 3]) for (const back of [false, true]) {
      const drawing = drawingFor(diagram, { kind, units, ...room, valves });
      // Where there is little room words grow, and the drawing with valves has the same places for them; that of one unit is never so small.
      for (const type of kind === "valves" && !room.narrow && units > 1 ? [1, 1.32] : [1]) {
        assert.deepEqual(collisions(written(diagram, { ...drawing, type }, units, back, enlarged(type))), [], `${kind} ${JSON.stringify(room)} ${type} ${units} ${back ? "back" : "forth"}`);
      }
    }
  });
}

for (const [name, diagram] of Object.entries(DIAGRAMS).filter(([, each]) => drawingsOf(each).includes("conveyor"))) {
  test(`${name}: nor do they on the conveyor where the type is larger, as in the projector`, () => {
    for (const [type, sizes] of [[1.28, PROJECTED], [1.1, enlarged(1.1)], [1.25, enlarged(1.25)]]) for (const units of [1, 3]) for (const back of [false, true]) {
      const drawing = drawingFor(diagram, { kind: "conveyor", units, narrow: false, aspect: 3, type });
      assert.deepEqual(collisions(written(diagram, drawing, units, back, sizes)), [], `${type} ${units} ${back ? "back" : "forth"}`);
    }
  });
}

for (const [name, operation] of Object.entries(OPERATIONS)) {
  test(`${name}: nor do they where every operation is drawn`, () => {
    const layers = [{ address: "main.1.forward", part: "main", layer: "1", program: name }];
    const subject = subjectOf({ layers, programs: { [name]: { equations: [] } }, diagrams: { [name]: { operation } } }, "operation");
    for (const [type, sizes] of [[1, SIZES], [1.25, enlarged(1.25)], [1.28, PROJECTED]]) for (const units of [1, 3, 8]) for (const back of [false, true]) {
      const drawing = layout(subject, { units: () => units, aspect: 2.2, type });
      assert.deepEqual(collisions(written(subject, drawing, units, back, sizes)), [], `${type} ${units} ${back ? "back" : "forth"}`);
    }
  });
}

/** What is left of the card on a laptop of 1280 by 720, and the one cell whose chain of functions is longer than that. */
const LAPTOP = { width: 711, height: 343 };
const LONG = "lstm-1997";
/** What is left below a strip of many rows and their gradients, of the cell that has so many. */
const BELOW = { cell: "lstm-use-gate", room: { width: 711, height: 279 } };

for (const [name, operation] of Object.entries(OPERATIONS).filter(([each]) => each !== LONG)) {
  test(`${name}: every operation is seen at once on a laptop, and its words can be read`, () => {
    const room = name === BELOW.cell ? BELOW.room : LAPTOP;
    const layers = [{ address: "main.1.forward", part: "main", layer: "1", program: name }];
    const subject = subjectOf({ layers, programs: { [name]: { equations: [] } }, diagrams: { [name]: { operation } } }, "operation");
    const units = (/** @type {any} */ node) => (node.kind === "input" ? 2 : 3);
    const { paper, enlarged } = legible((type) => layout(subject, { units, aspect: room.width / room.height, high: room.height, type }), room, 1);
    const least = leastOf(paper, room);
    assert.ok(least.width <= room.width && least.height <= room.height, JSON.stringify(least));
    const scale = Math.min(room.width / paper.width, room.height / paper.height);
    assert.ok(SIZES.word * enlarged * scale >= 10);
  });
}

/** What is left of the card at 1440 by 900, going backward below the strip of so many units. */
const CARDS = /** @type {const} */ ([[1, 411], [8, 336], [16, 313]]);

for (const name of ["lstm", "lstm-coupled", "lstm-full-peephole", "lstm-peephole"]) {
  test(`${name}: nor is anything scrolled to on a large screen, however many the units`, () => {
    const layers = [{ address: "main.1.forward", part: "main", layer: "1", program: name }];
    const subject = subjectOf({ layers, programs: { [name]: { equations: [] } }, diagrams: { [name]: { operation: OPERATIONS[name] } } }, "operation");
    for (const [units, height] of CARDS) {
      const room = { width: 727, height };
      const count = (/** @type {any} */ node) => (node.kind === "input" ? 2 : units);
      const { paper } = legible((type) => layout(subject, { units: count, aspect: room.width / room.height, high: room.height, type }), room, 1);
      const least = leastOf(/** @type {any} */ (paper), room);
      assert.ok(least.width <= room.width && least.height <= room.height, `${units} ${JSON.stringify(least)}`);
    }
  });
}

test("words on one another are found", () => {
  const drawing = drawingFor(DIAGRAMS.lstm, { kind: "conveyor", units: 3, narrow: false, aspect: 1.8 });
  const moved = { ...drawing, notes: [...drawing.notes, ...drawing.notes.filter(({ word }) => word)] };
  assert.equal(collisions(written(DIAGRAMS.lstm, moved, 3, false)).length, 1);
});
