/** Views that are loaded, each with its style sheet and its words, when they are first wanted: so the first picture waits for none of them. */

import { direction, drawing, hasManyWeights, isCurve, isStacked, isWide, study } from "./state/derive.js";

/** @typedef {import("./state/store.js").State} State */
/**
 * @typedef {object} Entry
 * @property {string} [sheet]  the style sheet's name where it is not the view's own; several with spaces between
 * @property {string[]} [words]  catalogues that do not come with the page
 * @property {boolean} [tool]  opened on purpose and by few: not loaded ahead of time
 * @property {boolean} [calm]  only when the first picture has come to rest
 * @property {(state: State) => boolean} wanted
 * @property {() => Promise<Record<string, any>>} load
 * @property {() => Promise<(core: any) => Record<string, any>>} [acts]  what can be done in it and nowhere else
 */

/** @type {Record<string, Entry>} */
const TABLE = {
  arithmetic: { words: ["arithmetic"], wanted: ({ pinned }) => pinned !== null, load: () => import("./views/arithmetic.js") },
  carrying: { tool: true, sheet: "signal", words: ["carrying"], wanted: ({ panel }) => panel === "signal", load: () => import("./views/carrying.js"), acts: async () => (await import("./state/carrying.js")).createCarrying },
  chart: { tool: true, words: ["chart"], wanted: ({ panel }) => panel === "chart", load: () => import("./views/chart.js") },
  code: { tool: true, words: ["code", "language"], wanted: ({ panel }) => panel === "share", load: () => import("./views/code.js"), acts: async () => (await import("./state/giving.js")).createGiving },
  compare: { tool: true, words: ["compare", "menu"], wanted: ({ experiment, panel }) => panel === "compare" || experiment?.lanes?.length > 0, load: () => import("./views/compare/compare.js") },
  curve: { tool: true, words: ["curve"], wanted: (state) => state.experiment !== null && isCurve(state), load: () => import("./views/curve.js") },
  editor: { tool: true, sheet: "panels editor editor-problems offers", words: ["editor", "language", "menu"], wanted: ({ experiment }) => Boolean(experiment?.view.editing), load: () => import("./views/editor.js") },
  files: { tool: true, sheet: "panels", words: ["files", "language"], wanted: ({ panel }) => panel === "files", load: () => import("./views/files.js"), acts: async () => (await import("./state/reading.js")).createReading },
  formulas: { words: ["formulas", "arithmetic"], wanted: (state) => state.experiment !== null && drawing(state) === "formulas", load: () => import("./views/formulas.js") },
  gradients: { words: ["gradients"], wanted: (state) => state.experiment !== null && direction(state) === "backward", load: () => import("./views/gradients.js") },
  guide: { words: ["guide"], wanted: ({ experiment, lesson }) => experiment !== null && lesson === null, load: () => import("./views/guide.js") },
  help: { sheet: "panels", words: ["help"], wanted: ({ panel }) => panel === "help", load: () => import("./views/help.js") },
  home: { words: ["home", "summary"], wanted: ({ home, train }) => home && train === null, load: () => import("./views/home.js") },
  initial: { tool: true, words: ["initial"], wanted: ({ panel }) => panel === "initial", load: () => import("./views/initial.js"), acts: async () => (await import("./state/whole.js")).createWhole },
  layers: { words: ["layers"], tool: true, wanted: (state) => state.experiment !== null && isStacked(state), load: () => import("./views/layers.js") },
  learning: { sheet: "study learning", words: ["learning", "training"], tool: true, wanted: (state) => state.experiment !== null && study(state) === "learning", load: () => import("./views/learning/learning.js") },
  losses: { words: ["losses"], wanted: ({ experiment }) => Boolean(experiment?.loss), load: () => import("./views/losses.js") },
  menu: { words: ["menu", "language", "summary"], wanted: ({ panel }) => panel === "menu", load: () => import("./views/menu.js") },
  network: { words: ["network"], calm: true, wanted: ({ experiment }) => experiment !== null, load: () => import("./views/network.js"), acts: async () => (await import("./state/structure.js")).createStructure },
  origins: { words: ["origins"], wanted: (state) => state.experiment !== null && direction(state) === "backward", load: () => import("./views/origins.js") },
  powers: { sheet: "study powers", words: ["powers"], tool: true, wanted: (state) => state.experiment !== null && study(state) === "powers", load: () => import("./views/powers/powers.js"), acts: async () => (await import("./state/measuring.js")).createMeasuring },
  projector: { tool: true, wanted: ({ theme }) => theme === "projector", load: async () => ({ projector: () => undefined }) },
  save: { tool: true, words: ["save"], wanted: ({ panel }) => panel === "share", load: () => import("./views/save.js") },
  spark: { words: ["spark"], calm: true, wanted: ({ experiment }) => experiment !== null, load: () => import("./views/spark.js") },
  ties: { tool: true, words: ["ties"], wanted: ({ experiment }) => Object.keys(experiment?.network?.tied ?? {}).length > 0, load: () => import("./views/ties.js"), acts: async () => (await import("./state/tying.js")).createTying },
  threads: { words: ["threads"], calm: true, wanted: ({ experiment }) => experiment !== null, load: () => import("./views/threads.js") },
  shares: { words: ["shares"], wanted: (state) => state.experiment !== null && direction(state) === "backward", load: () => import("./views/shares.js") },
  signal: { tool: true, words: ["signal"], wanted: ({ panel }) => panel === "signal", load: () => import("./views/signal.js"), acts: async () => (await import("./state/composing.js")).createComposing },
  share: { sheet: "panels", words: ["share"], wanted: ({ panel }) => panel === "share", load: () => import("./views/share.js") },
  surface: { sheet: "study surfaceplot surface surfacemap surfacewall", words: ["surface", "chart"], tool: true, wanted: (state) => state.experiment !== null && study(state) === "surface", load: () => import("./views/surface/surface.js"), acts: async () => (await import("./state/surface.js")).createSurface },
  table: { words: ["table"], wanted: ({ panel }) => panel === "share", load: () => import("./views/table.js") },
  targets: { words: ["targets"], wanted: ({ experiment }) => Boolean(experiment?.loss), load: () => import("./views/targets.js"), acts: async () => (await import("./state/aiming.js")).createAiming },
  weightpicture: { tool: true, sheet: "wide", words: ["wide"], wanted: (state) => state.experiment !== null && hasManyWeights(state), load: () => import("./views/weightpicture.js") },
  training: { tool: true, sheet: "training training-side training-middle training-recipe training-inside", words: ["train", "training", "language"], wanted: ({ home, train }) => home && train !== null, load: () => import("./views/training/training.js"), acts: async () => (await import("./state/training/training.js")).createTraining },
  wide: { tool: true, words: ["wide"], wanted: (state) => state.experiment !== null && isWide(state), load: () => import("./views/wide/wide.js") },
  worksheet: { tool: true, words: ["worksheet"], wanted: ({ panel }) => panel === "share", load: () => import("./views/worksheet.js") },
};

/** @param {Document} document @param {string} name @returns {Promise<unknown>} */
function styled(document, name) {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `static/css/${name}.css`;
    link.addEventListener("load", done);
    link.addEventListener("error", () => {
      link.remove();
      failed(new Error(`${name}.css`));
    });
    document.head.append(link);
  });
}

/** Milliseconds: what could not be loaded is not asked for again so soon, however often it is wanted. */
const PAUSE = 2000;

/**
 * @param {Document} document
 * @param {{mount: (name: string, view: any, acts?: (core: any) => Record<string, any>) => void, words: (catalogue: string) => Promise<unknown>, failed: () => void}} page
 *   `words`: adds a catalogue; `failed`: what was wanted could not be loaded
 * @param {Record<string, Entry>} [table]
 * @param {() => number} [now]
 */
export function createLater(document, { mount, words, failed }, table = TABLE, now = () => performance.now()) {
  /** @type {Map<string, Promise<unknown>>} */
  const sheets = new Map();
  /** @type {Map<string, Promise<{view: any, acts?: (core: any) => Record<string, any>}>>} */
  const loading = new Map();
  /** @type {Set<string>} */
  const mounted = new Set();
  /** Until when what has failed rests. @type {Map<string, number>} */
  const resting = new Map();

  /** @param {string} name */
  const load = (name) => {
    const { sheet = name, words: catalogues = [], load: module, acts } = table[name];
    if (!sheets.has(sheet)) sheets.set(sheet, Promise.all(sheet.split(" ").map((each) => styled(document, each))));
    const all = loading.get(name) ?? Promise.all([module(), acts?.(), sheets.get(sheet), ...catalogues.map(words)]).then(([found, own]) => ({ view: found[name], acts: own }));
    loading.set(name, all);
    all.catch(() => {
      loading.delete(name);
      sheets.delete(sheet);
    });
    return all;
  };

  return {
    /** Everything that the state asks for and that is not there yet. @param {State} state @param {boolean} [calm] */
    async want(state, calm = true) {
      const names = Object.keys(table).filter((name) => !mounted.has(name) && (calm || !table[name].calm) && table[name].wanted(state));
      const due = names.filter((name) => now() >= (resting.get(name) ?? 0));
      if (due.length < names.length) failed();
      for (const name of due) mounted.add(name);
      // What is wanted together comes together: the parts of a dialog are never seen without it.
      const found = await Promise.allSettled(due.map(load));
      for (const [index, name] of due.entries()) {
        const one = found[index];
        try {
          if (one.status === "rejected") throw one.reason;
          mount(name, one.value.view, one.value.acts);
        } catch {
          mounted.delete(name);
          resting.set(name, now() + PAUSE);
          failed();
        }
      }
    },
    /** Loads ahead of time, quietly, what most people will want. @param {string[]} [names] */
    ahead(names = Object.keys(table).filter((name) => !table[name].tool)) {
      for (const name of names) load(name).catch(() => undefined);
    },
  };
}
