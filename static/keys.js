/** The keyboard, as a table. Which key does what is data; the page looks it up and acts. */

/**
 * @typedef {object} Press
 * @property {string} key
 * @property {boolean} shiftKey
 * @property {boolean} ctrlKey
 * @property {boolean} altKey
 * @property {boolean} metaKey
 */
/** @typedef {"text" | "line" | "slider" | "control" | "stage"} Place  what has the focus */
/** @typedef {{name: string, args?: (string | number)[]}} Command */

/** Key, Shift (null: either), command. What Shift makes of a letter is not relied on. @type {[string, boolean | null, Command][]} */
export const TABLE = [
  ["ArrowRight", false, { name: "go", args: [1] }],
  ["ArrowLeft", false, { name: "go", args: [-1] }],
  ["ArrowRight", true, { name: "event", args: [1] }],
  ["ArrowLeft", true, { name: "event", args: [-1] }],
  ["ArrowDown", false, { name: "nextEquation" }],
  ["ArrowUp", false, { name: "previousEquation" }],
  ["ArrowDown", true, { name: "nextUnit", args: [1] }],
  ["ArrowUp", true, { name: "nextUnit", args: [-1] }],
  ["n", false, { name: "go", args: [1] }],
  ["p", false, { name: "go", args: [-1] }],
  ["PageDown", null, { name: "onward", args: [1] }],
  ["PageUp", null, { name: "onward", args: [-1] }],
  ["Home", null, { name: "first" }],
  ["End", null, { name: "last" }],
  [" ", false, { name: "toggle" }],
  [" ", true, { name: "back" }],
  ["Enter", null, { name: "deeper" }],
  ["Escape", null, { name: "shallower" }],
  ...Array.from({ length: 6 }, (_, index) => /** @type {[string, null, Command]} */ (
    [String(index + 1), null, { name: "spotlight", args: [index + 1] }]
  )),
  ["0", null, { name: "spotlight", args: [0] }],
  ["d", null, { name: "theme" }],
  ["c", null, { name: "projector" }],
  ["r", null, { name: "motion" }],
  ["u", false, { name: "undo" }],
  ["u", true, { name: "redo" }],
  ["?", null, { name: "help" }],
  ["F1", null, { name: "help" }],
  ["g", null, { name: "goto" }],
  ["e", null, { name: "toggleEditor" }],
  ["l", null, { name: "learn" }],
  ["f", null, { name: "fullscreen" }],
  ["b", null, { name: "blank" }],
  [".", null, { name: "blank" }],
];

/** Keys that belong to a slider or to a pressed button while it has the focus. */
const SLIDER = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]);
const CONTROL = new Set(["Enter", " "]);
/** Keys that mean nothing in a single line of text: with them a remote leads on, also from there. */
const REMOTE = new Set(["PageUp", "PageDown"]);

/**
 * @param {Press} press
 * @param {Place} place
 * @param {boolean} [characters]  whether letters, digits and signs are heard; who speaks to the machine may switch them off
 * @returns {Command | null}
 */
export function command(press, place, characters = true) {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (place === "text" || (place === "line" && !REMOTE.has(key))) return null;
  if ((press.ctrlKey || press.metaKey) && !press.altKey) {
    if (key === "z") return { name: press.shiftKey ? "redo" : "undo" };
    return key === "y" && press.ctrlKey ? { name: "redo" } : null;
  }
  if (press.altKey || press.ctrlKey || press.metaKey) return null;
  if (!characters && /^\S$/.test(key)) return null;
  if (place === "slider" && SLIDER.has(key)) return null;
  if (place === "control" && CONTROL.has(key)) return null;
  const found = TABLE.find(([name, shift]) => name === key && (shift === null || shift === press.shiftKey));
  return found ? found[2] : null;
}

/** What has the focus, as far as keys are concerned. @param {Element | null} node @returns {Place} */
export function placeOf(node) {
  if (!node) return "stage";
  if (node.matches("textarea, select, [contenteditable]")) return "text";
  if (node.matches("input[type=range]")) return "slider";
  if (node.matches("input")) return "line";
  if (node.matches("button, a[href], summary")) return "control";
  return "stage";
}
