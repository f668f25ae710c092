import assert from "node:assert/strict";
import { test } from "node:test";
import { createLater } from "../../static/later.js";

function setup(table) {
  const links = [];
  const document = {
    createElement: () => {
      const link = { listeners: {}, addEventListener: (name, listener) => (link.listeners[name] = listener), remove: () => links.splice(links.indexOf(link), 1) };
      return link;
    },
    head: {
      append(link) {
        links.push(link);
        queueMicrotask(() => link.listeners[link.href.includes("gone") ? "error" : "load"]());
      },
    },
  };
  const mounted = [];
  const said = [];
  const failed = [];
  const clock = { now: 0 };
  const later = createLater(document, { mount: (name, view) => mounted.push([name, view]), words: async (part) => void said.push(part), failed: () => failed.push(true) }, table, () => clock.now);
  return { later, links, mounted, said, failed, clock };
}
const entry = (name, more = {}) => ({ wanted: (state) => state[name] === true, load: async () => ({ [name]: `view ${name}` }), ...more });

test("a view is loaded and mounted when it is first wanted, with its style sheet, and only once", async () => {
  let loads = 0;
  const { later, links, mounted } = setup({ menu: entry("menu", { load: async () => ({ menu: `view ${++loads}` }) }), help: entry("help") });
  await later.want({});
  assert.deepEqual([mounted, links.length], [[], 0]);
  await Promise.all([later.want({ menu: true }), later.want({ menu: true })]);
  await later.want({ menu: true });
  assert.deepEqual(mounted, [["menu", "view 1"]]);
  assert.deepEqual(links.map(({ href }) => href), ["static/css/menu.css"]);
});

test("the words of a view come before it is mounted", async () => {
  const { later, mounted, said } = setup({ formulas: entry("formulas", { words: ["formulas", "arithmetic"] }) });
  await later.want({ formulas: true });
  assert.deepEqual([said, mounted.length], [["formulas", "arithmetic"], 1]);
});

test("a calm view waits until the first picture has come to rest", async () => {
  const { later, mounted } = setup({ threads: entry("threads", { calm: true, wanted: () => true }), menu: entry("menu") });
  await later.want({ menu: true }, false);
  assert.deepEqual(mounted.map(([name]) => name), ["menu"]);
  await later.want({ menu: true }, true);
  assert.deepEqual(mounted.map(([name]) => name), ["menu", "threads"]);
});

test("what is wanted together is mounted together, whichever came first, and without what failed", async () => {
  let arrive;
  const slow = new Promise((done) => (arrive = done));
  const broken = entry("share", { load: async () => { throw new Error("offline"); } });
  const { later, mounted, failed } = setup({ code: entry("share", { load: async () => ({ code: "view" }) }), gone: broken, share: entry("share", { load: async () => (await slow, { share: "view" }) }) });
  const wanted = later.want({ share: true });
  await new Promise((done) => setTimeout(done));
  assert.deepEqual([mounted, failed.length], [[], 0]);
  arrive();
  await wanted;
  assert.deepEqual([mounted.map(([name]) => name), failed.length], [["code", "share"], 1]);
});

test("two views may share a sheet", async () => {
  const { later, links } = setup({ help: entry("help", { sheet: "panels" }), share: entry("share", { sheet: "panels" }) });
  await later.want({ help: true, share: true });
  assert.deepEqual(links.map(({ href }) => href), ["static/css/panels.css"]);
});

test("a view may have several sheets", async () => {
  const { later, links, mounted } = setup({ training: entry("training", { sheet: "one two" }) });
  await later.want({ training: true });
  assert.deepEqual([links.map(({ href }) => href), mounted.length], [["static/css/one.css", "static/css/two.css"], 1]);
});

test("what is loaded ahead of time is not mounted before it is wanted", async () => {
  const { later, links, mounted } = setup({ menu: entry("menu"), help: entry("help") });
  later.ahead(["menu"]);
  await later.want({});
  assert.deepEqual([links.length, mounted], [1, []]);
  await later.want({ menu: true });
  assert.deepEqual([links.length, mounted.length], [1, 1]);
  later.ahead();
  assert.equal(links.length, 2);
});

test("a tool is not loaded before somebody opens it", async () => {
  const { later, links, mounted } = setup({ menu: entry("menu"), editor: entry("editor", { tool: true }) });
  later.ahead();
  assert.deepEqual(links.map(({ href }) => href), ["static/css/menu.css"]);
  await later.want({ editor: true });
  assert.deepEqual(mounted, [["editor", "view editor"]]);
});

test("what cannot be loaded is said, and tried again when it is wanted again, not at once", async () => {
  let broken = true;
  let asked = 0;
  const load = async () => {
    asked += 1;
    if (broken) throw new Error("offline");
    return { menu: "view" };
  };
  const { later, mounted, failed, clock } = setup({ menu: entry("menu", { load }) });
  await later.want({ menu: true });
  assert.deepEqual([mounted, failed.length], [[], 1]);
  broken = false;
  clock.now = 1999;
  await later.want({ menu: true });
  assert.deepEqual([mounted, failed.length, asked], [[], 2, 1]);
  clock.now = 2000;
  await later.want({ menu: true });
  assert.deepEqual([mounted.length, failed.length, asked], [1, 2, 2]);
});

test("a missing style sheet is a failure too, ahead of time a quiet one", async () => {
  const { later, links, mounted, failed } = setup({ gone: entry("gone") });
  later.ahead();
  await new Promise((done) => setTimeout(done));
  assert.deepEqual([links.length, failed.length], [0, 0]);
  await later.want({ gone: true });
  assert.deepEqual([mounted, failed.length], [[], 1]);
});

test("of the views that are loaded later the first picture wants none", async () => {
  const { later, links } = setup(undefined);
  const view = (more) => ({ panel: null, pinned: null, cell: null, lesson: {}, network: { layers: [] }, experiment: { view: {}, sequence: { inputs: [] } }, ...more });
  await assert.doesNotReject(later.want(view({}), false));
  assert.equal(links.length, 0);
});
