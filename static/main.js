/** Reads what came with the page, makes the store and the engine port, and mounts every [data-view]. */

import { set, setStyle, setText } from "./draw/dom.js";
import { watchFocus } from "./focus.js";
import { command, placeOf } from "./keys.js";
import { createLater } from "./later.js";
import { catalogue } from "./net/catalogue.js";
import { createLanes } from "./net/lanes.js";
import { encode } from "./net/numbers.js";
import { socketPort } from "./net/socket.js";
import { createActions } from "./state/actions.js";
import { createAddress } from "./state/address.js";
import { direction, isWide, plane, spotlight, spotlightFor, study } from "./state/derive.js";
import { recall, recallAnswers, recallSeen, remember, rememberAnswers } from "./state/preferences.js";
import { createStore } from "./state/store.js";
import { langTag, say, unpacked } from "./state/words.js";
import { header } from "./views/header.js";
import { notices } from "./views/notices.js";

/** @typedef {import("./state/store.js").State} State */
/** @typedef {ReturnType<typeof createAddress>} Address */

/** These say something before there is anything to show. */
const EARLY = { header, notices };
/** What keys do while the list of lessons is shown. */
const HOME_KEYS = ["theme", "projector", "motion", "help", "blank", "fullscreen", "shallower"];

const root = document.documentElement;
const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "{}");
/** What the first picture says. */
const early = unpacked(boot.words);
const preferred = [recall("language"), root.lang.split("-")[0]].find((language) => language && language in early) ?? "en";

// Until the first lesson is open there is no experiment; nothing that reads it is mounted before.
const store = createStore(/** @type {State} */ (/** @type {unknown} */ ({
  experiment: null, base: null, ground: null, lesson: null, cell: null, network: null,
  values: {}, gradients: {}, totals: {}, overtaken: false, pictures: {}, sight: null, surfaces: {}, learning: null, powers: null, memory: 0, bounds: {}, lanes: [],
  status: "connecting", problems: [], running: false, equation: null, pinned: null, selected: null,
  playing: false, speed: 1, predictions: {}, theme: root.dataset.theme, motion: root.dataset.motion !== "none", characters: recall("characters") !== "off",
  carried: "link", draft: null, vocabulary: null, code: null, dropped: null, file: null, panel: null, home: false, train: null, seen: recallSeen(), miniatures: null, changed: false, blank: false, embed: root.dataset.embed !== undefined, spotlight: null, undo: 0, redo: 0, notice: null, preferred,
  words: early, lessons: boot.lessons, cells: null, faults: boot.problems ?? [], limits: boot.limits, plotly: boot.plotly,
})));

/** @param {string} name @param {Blob} blob */
function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const library = () => import("./net/library.js");

const actions = createActions(store, {
  connect: createLanes((listener) => socketPort(new URL("ws", document.baseURI.split("#")[0]).href.replace(/^http/, "ws"), listener, { document, most: () => boot.limits?.message_bytes ?? Infinity })),
  schedule: (callback) => void requestAnimationFrame(callback),
  remember,
  recall,
  answers: recallAnswers,
  seen: recallSeen,
  link: () => address.link(),
  pushed: () => address.push(),
  cells: async () => (await library()).libraryCells(document.baseURI),
  beside: async (experiment, name) => (await library()).cellBeside(document.baseURI, experiment, name),
  miniatures: async () => (await library()).lessonMiniatures(document.baseURI),
  api: async () => (await import("./net/api.js")).createApi(document.baseURI),
  sought: (name) => void import("./sight.js").then(({ intoSight }) => intoSight(document.querySelector(`[data-view=${name}]`), window), () => undefined),
  copy: (text) => navigator.clipboard.writeText(text),
  download: (name, record) => save(name, new Blob([encode(record)], { type: "application/json" })),
  save,
  trace: async (...asked) => (await import("./net/files.js")).traceFile(document.baseURI, ...asked),
  values: async (experiment) => (await import("./net/files.js")).traceValues(document.baseURI, experiment),
  faces: async () => (await import("./net/files.js")).faces(document.baseURI),
  read: async (text) => (await import("./net/saved.js")).readSaved(text),
});
/** The newest address that was asked for: what is kept takes a moment to be found. */
let asked = 0;
/** @param {ReturnType<Address["read"]>} found */
async function restore(found) {
  const turn = (asked += 1);
  const kept = found.kept ? await address.recall(found.kept) : null;
  if (turn !== asked) return;
  const notice = found.kept && !kept ? "notice.not-kept" : found.cell ? "notice.unknown-cell" : "problem.unknown-lesson";
  const otherwise = () => actions.goHome({ push: false, notice });
  if (found.kept && !kept) otherwise();
  else actions.open({ ...found, kept }, { push: false, otherwise });
}
const address = createAddress(store, window, restore, async () => {
  const [{ createKeeping }, { openKept }] = await Promise.all([import("./state/keeping.js"), import("./state/kept.js")]);
  return createKeeping(openKept(() => indexedDB));
});
/** @type {Promise<unknown> | null} */
let rest = null;
/** What a page can do besides, when there is something to be seen: files are dragged here, it is printed, and scrolled by a finger. */
function complete() {
  rest ??= Promise.all([import("./drop.js"), import("./paper.js"), import("./finger.js")]).then(([{ watchDrop }, { watchPaper }, { watchFinger }]) => {
    watchDrop(document, {
      said: () => say(store.get(), "page.drop"),
      taken: (file) => store.set({ panel: "files", dropped: file }),
    });
    watchPaper(document, dress);
    watchFinger(document);
  }).catch(() => void (rest = null));
}
const focus = watchFocus(document, () => spotlight(store.get()));

/** @param {Record<string, any>} views */
function mount(views) {
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-view]"))) {
    views[node.dataset.view ?? ""]?.(node, { store, actions, document });
  }
}

/** What the whole page shows of the state: theme, direction, movement, language. */
function dress() {
  const state = store.get();
  // Whatever the root element gets is inherited by everything: only what differs is written.
  set(root, "data-theme", state.theme);
  // What is moving when movement is switched off has arrived.
  if (!state.motion && root.dataset.motion === "full") for (const run of document.getAnimations()) run.finish();
  set(root, "data-motion", state.motion ? "full" : "none");
  set(root, "data-blank", state.blank);
  set(root, "data-home", state.home);
  setStyle(root, "--step-time", `${1000 / state.speed}ms`);
  set(root, "data-direction", state.home || !state.experiment ? "forward" : direction(state));
  set(root, "data-overtaken", state.overtaken && state.network !== null && isWide(state));
  set(root, "data-depth", state.home || !state.experiment ? "cell" : plane(state));
  set(root, "data-study", !state.home && state.experiment && study(state));
  set(root, "data-editing", Boolean(state.experiment?.view.editing) && !state.home);
  if (root.lang === langTag(state)) return;
  root.lang = langTag(state);
  // The few words that came with the page itself.
  for (const node of document.querySelectorAll("[data-label]")) set(node, "aria-label", say(state, node.getAttribute("data-label") ?? ""));
  for (const node of document.querySelectorAll("[data-text]")) setText(node, say(state, node.getAttribute("data-text") ?? ""));
}

/** @type {Map<string, Promise<unknown>>} */
const catalogues = new Map();
/** Adds a catalogue that did not come with the page, in every language, so that the language can be changed at any time. @param {string} name */
function words(name) {
  const both = catalogues.get(name) ?? catalogue(document.baseURI, Object.keys(early), name).then((found) => {
    const { words: known } = store.get();
    const merged = Object.entries(known).map(([language, entries]) => [language, { ...entries, ...found[language] }]);
    store.set({ words: Object.fromEntries(merged) });
  });
  catalogues.set(name, both);
  both.catch(() => catalogues.delete(name));
  return both;
}

const later = createLater(document, {
  words,
  mount: (name, view, acts) => {
    const all = acts ? actions.more(acts) : actions;
    for (const node of document.querySelectorAll(`[data-view="${name}"]`)) view(node, { store, actions: all, document });
  },
  failed: () => store.set({ panel: null, notice: "notice.panel" }),
});

/** How long after the first picture the page has come to rest, in milliseconds. */
const REST = 400;
let ready = false;
let calm = false;
/** @type {Promise<Record<string, any>> | null} */
let views = null;
/** The views of an experiment; after a failure they can be asked for again. */
function stage() {
  views ??= import("./stage.js");
  views.catch(() => (views = null));
  return views;
}

async function begin() {
  if (ready || !store.get().network) return;
  try {
    const found = await stage();
    if (ready) return;
    ready = true;
    mount(found);
    // What takes the place of something, or stands above it, is there from the start: nothing is shown to be moved.
    await later.want(store.get(), calm);
    document.getElementById("page")?.setAttribute("data-state", "ready");
    performance.mark("first-picture");
    setTimeout(complete);
    setTimeout(() => {
      calm = true;
      void later.want(store.get());
    }, REST);
  } catch {
    store.set({ notice: "notice.panel" });
  }
}

/** The part of the page that is shown, by its id. */
const place = () => (!store.get().home ? "stage" : store.get().train === null ? "home" : "training");

mount(EARLY);
store.watch(["network", "home"], () => void begin());
store.watch(["panel", "pinned", "experiment", "lesson", "cell", "home", "train", "theme"], () => {
  if (ready || store.get().home) void later.want(store.get(), calm);
});
// Who comes back to the list, or goes on from it, is taken along by the keyboard and the screen reader.
store.watch(["home", "train"], ({ home }) => {
  if (home) complete();
  if (ready || !home) document.getElementById(place())?.focus({ preventScroll: true });
});
store.watch(["experiment", "lesson"], () => actions.noteProgress());
// Who begins to move will want more than the first picture.
for (const kind of ["pointermove", "pointerdown", "keydown"]) {
  document.addEventListener(kind, () => {
    later.ahead();
    stage().catch(() => undefined);
  }, { once: true });
}
store.watch(["predictions"], ({ experiment, predictions }) => rememberAnswers(experiment.lesson, predictions));
store.watch(["theme", "motion", "blank", "speed", "setting", "home", "preferred", "overtaken"], dress);
store.watch(["setting", "values", "gradients", "network", "spotlight", "pinned", "predictions", "panel", "theme"], () => {
  if (ready) queueMicrotask(focus.refresh);
});
dress();

/** @type {Record<string, (argument: any) => void>} */
const COMMANDS = {
  back: () => actions.onward(-1),
  spotlight: (index) => actions.setSpotlight(index === 0 ? null : spotlightFor(store.get(), index)),
  theme: () => actions.setTheme(store.get().theme === "dark" ? "light" : "dark"),
  projector: () => actions.setTheme(store.get().theme === "projector" ? (recall("theme-before") === "dark" ? "dark" : "light") : "projector"),
  motion: () => actions.setMotion(!store.get().motion),
  help: () => actions.openPanel(store.get().panel === "help" ? null : "help"),
  goto: () => actions.openPanel("goto"),
  blank: () => actions.setBlank(!store.get().blank),
  fullscreen: () => void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()).catch(() => undefined),
};

// Keys may be quicker than frames: each finds on the page what those before it have changed.
document.addEventListener("keydown", store.flush, { capture: true });
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || !(ready || store.get().home)) return;
  // Who had the focus when the key went down: a field that gave it away meanwhile has had its key.
  const focused = placeOf(/** @type {Element} */ (event.target));
  const found = command(event, focused, store.get().characters);
  // A dark screen comes back with any key; a dialog keeps all keys but those that close it.
  if (store.get().blank && !event.ctrlKey && !event.altKey && !event.metaKey && !/^F\d+$/.test(event.key)) {
    event.preventDefault();
    actions.setBlank(false);
    return;
  }
  if (!found || (document.querySelector("dialog[open]") && !["help", "shallower"].includes(found.name))) return;
  if (store.get().home && !HOME_KEYS.includes(found.name)) return;
  event.preventDefault();
  // What is being typed counts before anything else does.
  if (focused === "line") /** @type {HTMLElement} */ (event.target).blur();
  const [argument] = found.args ?? [];
  const act = COMMANDS[found.name] ?? (/** @type {any} */ (actions))[found.name];
  act.call(actions, argument);
});

// What was pressed with a pointer gives the keys back to the stage.
document.addEventListener("click", (event) => {
  const active = document.activeElement;
  if (event.detail > 0 && active instanceof HTMLButtonElement && !active.closest("dialog, .menu")) active.blur();
});
document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLElement && target.matches("select:not(:focus-visible), [type=range]:not(:focus-visible)") && !target.closest("dialog, .menu")) target.blur();
});

matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", (query) => {
  if (recall("motion") === null) store.set({ motion: !query.matches });
});

// The address belongs to the experiment.
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById(place())?.focus();
});

if (store.get().embed) void import("./embed.js").then(({ reportHeight }) => reportHeight(window));

const first = address.read();
if (first.cell) later.ahead(["guide"]);
void restore(first);
