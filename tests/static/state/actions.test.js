import assert from "node:assert/strict";
import { test } from "node:test";
import { TABLE } from "../../../static/keys.js";
import { page } from "../scene.js";

const CONTRACT = [
  "openLesson", "seek", "go", "first", "last", "play", "pause", "toggle", "setDirection", "setEquation", "nextEquation", "previousEquation",
  "setUnit", "nextUnit", "pin", "unpin", "selectWeight", "setParameter", "resetWeights", "setInput", "addStep", "removeStep", "moveStep",
  "setInitial", "setPreset", "setVariant", "differentiate", "setDrawing", "setDepth", "deeper", "shallower", "answer", "setLanguage", "setTheme",
  "setMotion", "undo", "redo", "reset", "openPanel", "copyLink",
];

test("everything that views call is there, once", () => {
  const { actions } = page();
  for (const name of CONTRACT) assert.equal(typeof actions[name], "function", name);
});

test("every key leads to an action or to a command of the page", () => {
  const { actions } = page();
  const own = new Set(["back", "spotlight", "theme", "projector", "motion", "help", "goto", "blank", "fullscreen"]);
  for (const [key, , { name }] of TABLE) assert.ok(name in actions || own.has(name), `${key} leads to ${name}`);
});
