import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "../../../static/draw/beside.js";

/** Whether the text's box and the line from the point to the tip touch. */
function covers({ x, y, anchor }, long, from, to) {
  const left = anchor === "start" ? x : x - long;
  return Array.from({ length: 100 }, (_, at) => [0, 1].map((part) => from[part] + ((to[part] - from[part]) * at) / 99))
    .some(([px, py]) => px > left && px < left + long && py > y - 10 && py < y + 3);
}

test("a text stands clear of the arrow, wherever that points, and inside the picture", () => {
  for (const point of [[200, 150], [0, 300], [400, 0], [400, 300], [0, 0], [90, 160]]) {
    for (let turn = 0; turn < 24; turn += 1) {
      const tip = [point[0] + 60 * Math.cos((turn * Math.PI) / 12), point[1] + 60 * Math.sin((turn * Math.PI) / 12)];
      const place = beside(point, tip, [], 70, 400, 300);
      const left = place.anchor === "start" ? place.x : place.x - 70;
      assert.ok(left >= 0 && left + 70 <= 400 && place.y - 10 >= 0 && place.y <= 300, `${point} ${turn}`);
      assert.ok(!covers(place, 70, point, tip), `${point} ${turn}`);
    }
  }
});

test("of the places that are left it takes one that the way does not lead through", () => {
  const way = Array.from({ length: 20 }, (_, at) => [200 + 6 * at, 150 - 3 * at]);
  const free = beside([200, 150], [180, 170], [], 70, 400, 300);
  const kept = beside([200, 150], [180, 170], way, 70, 400, 300);
  assert.deepEqual([free.anchor, free.x], ["start", 212]);
  assert.ok(way.every(([x, y]) => !covers(kept, 70, [x, y], [x, y])));
});
