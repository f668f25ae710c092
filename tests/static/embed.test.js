import assert from "node:assert/strict";
import { test } from "node:test";
import { reportHeight } from "../../static/embed.js";

/** @param {{ancestors?: string[], referrer?: string}} from */
function setup({ ancestors, referrer = "" } = {}) {
  const posted = [];
  const page = { height: 500.2, changed: () => undefined };
  const window = {
    location: { ancestorOrigins: ancestors },
    document: { referrer, body: { getBoundingClientRect: () => ({ height: page.height }) } },
    parent: { postMessage: (...message) => posted.push(message) },
    ResizeObserver: class {
      constructor(changed) { page.changed = changed; }
      observe() {}
      disconnect() { page.changed = () => undefined; }
    },
  };
  return { window, posted, page };
}

test("the height is told at the start and when it changes, to the embedding page alone", () => {
  const { window, posted, page } = setup({ ancestors: ["https://school.example", "https://other.example"], referrer: "https://x.example/" });
  const stop = reportHeight(window);
  page.changed();
  page.height = 700;
  page.changed();
  stop();
  page.height = 900;
  page.changed();
  assert.deepEqual(posted, [
    [{ type: "unrolled:height", height: 501 }, "https://school.example"], [{ type: "unrolled:height", height: 700 }, "https://school.example"],
  ]);
});

test("without that, the page that led here is taken; unknown ones hear it like any", () => {
  const targets = [{ referrer: "https://school.example/course/?week=3" }, {}, { ancestors: ["null"] }].map((from) => {
    const { window, posted } = setup(from);
    reportHeight(window);
    return posted[0][1];
  });
  assert.deepEqual(targets, ["https://school.example", "*", "*"]);
});
