import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPlotly } from "../../../static/draw/plotly.js";

function fakeDocument() {
  const scripts = [];
  const calls = [];
  const document = {
    defaultView: { Plotly: { setPlotConfig: (config) => calls.push(["config", config]), register: (module) => calls.push(["register", module]) } },
    createElement() {
      const listeners = {};
      const script = { addEventListener: (name, listener) => (listeners[name] = listener), remove: () => (script.removed = true), listeners };
      return script;
    },
    head: { append: (script) => scripts.push(script) },
  };
  return { document, scripts, calls };
}

test("it is loaded once, stays at home and speaks Chinese; a failure can be tried again", async () => {
  const { document, scripts, calls } = fakeDocument();
  const failing = loadPlotly(document, "vendor/plotly.min.js");
  scripts[0].listeners.error();
  await assert.rejects(failing, /cannot load vendor\/plotly.min.js/);
  assert.equal(scripts[0].removed, true);

  const first = loadPlotly(document, "vendor/plotly.min.js");
  const second = loadPlotly(document, "vendor/plotly.min.js");
  scripts[1].listeners.load();
  assert.equal(await first, await second);
  assert.equal(scripts.length, 2);
  const [[, config], [, locale]] = calls;
  assert.equal(config.showSendToCloud, false);
  assert.equal(config.plotlyServerURL, "");
  assert.equal(locale.name, "zh-CN");
  assert.ok(locale.dictionary["Reset axes"]);
});
