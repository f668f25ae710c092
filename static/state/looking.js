/** What is looked at and how: unit, zoom, pinned value, panels, predictions, theme, language. */

import { isRefused, REFUSED } from "./core.js";
import { depth, layerOf, mainLayer, study, unit, unitCount } from "./derive.js";
import { same } from "./edit.js";
import { toggled } from "./layers.js";

/** @typedef {import("./store.js").State} State */
/** @typedef {import("./core.js").Core} Core */

/** @param {Core} core */
export function createLooking(core) {
  const { get, set, commit, look, show, environment } = core;

  /** @param {number} index counted from 0 */
  const setUnit = (index) => {
    const { pinned } = get();
    look({ unit: index });
    if (pinned && index < unitCount(get(), pinned.address)) set({ pinned: { ...pinned, unit: index } });
  };

  /** The arithmetic of what is spoken of: the equation in play, else the memory. */
  const pinMain = () => {
    const state = get();
    const layer = mainLayer(state);
    if (!layer) return;
    const program = state.network.programs[layer.program];
    const name = program.equations[state.equation ?? -1]?.target ?? program.states[0] ?? program.output;
    set({ pinned: { address: `${layer.address}.${name}`, unit: unit(state), step: state.experiment.step } });
  };

  /** Another layer's inside. What was open of the one before is shut, and its equations begin anew. @param {string} address  of the layer */
  const setLayer = (address) => {
    if (address === mainLayer(get())?.address) return;
    set({ pinned: null, equation: null });
    look({ layer: address });
  };

  /** The inside of the layer that a value belongs to, which a note speaks of. @param {string} address  of the value */
  const showLayerOf = (address) => {
    const layer = layerOf(get(), address);
    if (layer && layer.layer !== "readout") setLayer(layer.address);
  };

  return {
    setUnit,
    setLayer,
    /** @param {number} delta */
    nextUnit(delta) {
      const units = mainLayer(get())?.sizes.units ?? 1;
      setUnit(Math.max(0, Math.min(units - 1, unit(get()) + delta)));
    },
    /** @param {string} address @param {number} index @param {number} step */
    pin: (address, index, step) => set({ pinned: { address, unit: index, step } }),
    /** Chosen where all layers are to be seen: with its arithmetic comes the inside of its layer. @param {string} address @param {number} index @param {number} step */
    enter(address, index, step) {
      showLayerOf(address);
      set({ pinned: { address, unit: index, step } });
    },
    /** What of a wide network is in view, for the engine to send. @param {import("./store.js").Sight} sight */
    see(sight) {
      if (same(sight, get().sight)) return;
      set({ sight });
      core.session.tell();
    },
    /** Where and how closely a wide network is looked at. @param {{from?: number, zoom?: number}} view */
    setSight: (view) => look(view),
    /** From one value to another that it depends on; the way back is remembered. @param {string} address @param {number} index @param {number} step */
    follow(address, index, step) {
      const from = get().pinned;
      showLayerOf(address);
      set({ pinned: { address, unit: index, step, from } });
    },
    unpin: () => set({ pinned: null }),
    /** @param {string} address @param {number[]} index */
    selectWeight: (address, index) => set({ selected: { address, index } }),
    /** @param {"valves" | "conveyor" | "operations" | "formulas"} drawing */
    setDrawing: (drawing) => look({ drawing }),
    /** Whose gradient is followed back through the steps. @param {string} address */
    followGradient: (address) => look({ reach: address }),
    /** What stands in the cell's place. @param {"cell" | "learning" | "powers" | "surface"} wanted */
    setStudy(wanted) {
      look({ study: wanted });
      if (wanted !== "cell") environment.sought(wanted);
    },
    /** Folds or unfolds a layer of the strip. @param {string} address */
    toggleLayer: (address) => look({ open: toggled(get(), address) }),
    /** @param {"strip" | "cell" | "arithmetic"} wanted */
    setDepth(wanted) {
      if (wanted === "arithmetic") return pinMain();
      set({ pinned: null });
      look({ depth: wanted });
    },
    deeper() {
      if (depth(get()) === "strip") look({ depth: "cell" });
      else if (!get().pinned) pinMain();
    },
    /** The way back, the nearest thing first. */
    shallower() {
      const state = get();
      const besides = !state.home && state.experiment?.lanes.length > 0;
      if (state.blank) set({ blank: false });
      else if (state.panel && !(besides && state.panel === "compare")) set({ panel: null });
      else if (state.pinned) {
        const from = state.pinned.from ?? null;
        if (from) showLayerOf(from.address);
        set({ pinned: from });
      }
      else if (state.spotlight) set({ spotlight: null });
      else if (!state.home && study(state)) look({ study: "cell" });
      else if (besides) {
        commit({ ...state.experiment, lanes: [] });
        set({ panel: null, notice: "notice.alone" });
      }
      else if (!state.home && depth(state) === "cell") look({ depth: "strip" });
    },
    /** @param {string} id @param {number | number[] | null} answer  of a curve: of each step asked for, from left to right; null: skipped */
    answer: (id, answer) => set({ predictions: { ...get().predictions, [id]: { answer } } }),
    /** @param {string[] | null} addresses */
    setSpotlight: (addresses) => set({ spotlight: addresses }),
    /** @param {string} language */
    setLanguage(language) {
      environment.remember("language", language);
      set({ preferred: language });
      if (get().experiment) show({ ...get().experiment, language });
    },
    /** @param {State["theme"]} theme */
    setTheme(theme) {
      if (theme === "projector") environment.remember("theme-before", get().theme);
      environment.remember("theme", theme);
      set({ theme });
    },
    /** @param {boolean} motion */
    setMotion(motion) {
      environment.remember("motion", motion ? "full" : "none");
      set({ motion });
    },
    /** @param {boolean} characters */
    setCharacters(characters) {
      environment.remember("characters", characters ? "on" : "off");
      set({ characters });
    },
    /** @param {State["panel"]} panel */
    openPanel: (panel) => set({ panel }),
    /** @param {boolean} blank */
    setBlank: (blank) => set({ blank }),
    /** One sentence about what was just tried. @param {string} notice its key */
    say: (notice) => set({ notice }),
    /** Of what was typed and is not taken. @param {number | null} value  null: it is no number */
    refuse: (value) => set({ notice: value === null ? REFUSED.number : REFUSED.possible }),
    /** Of what was typed and is taken: what was said of it before is so no longer. */
    accept: () => isRefused(get()) && set({ notice: null }),
    dismiss: () => set({ notice: null, problems: [] }),
  };
}
