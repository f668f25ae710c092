/** Writing a cell: the text follows the person, the experiment follows the text as soon as it is a cell. */

import { editedCell, textOf } from "./editing.js";
import { same, withView } from "./edit.js";
import { hasOrigin } from "./origin.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../net/contract.js").Experiment} Experiment */

/** A pause in the typing after which the text is looked at. */
const PAUSE = 250;
/** Where the browser keeps a text that is not a cell yet. */
const KEPT = "draft";

/** @param {Core} core */
export function createWriting(core) {
  const { get, set, look, environment, session, record, history } = core;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let turn = 0;

  /** @param {import("./store.js").Draft | null} draft */
  const hold = (draft) => {
    set({ draft });
    environment.remember(KEPT, draft ? JSON.stringify({ of: textOf(get(), editedCell(get())), text: draft.text }) : "");
  };

  const check = async () => {
    const { draft, experiment } = get();
    if (!draft) return;
    const { text } = draft;
    const cell = editedCell(get());
    if (text === textOf(get(), cell)) return hold(null);
    const own = (turn += 1);
    try {
      const made = await (await environment.api()).rewrite(experiment, cell, text);
      if (own !== turn) return;
      if (sameNumbers(experiment, get().experiment)) apply(made, cell, text);
      else void check();
    } catch (error) {
      if (own !== turn) return;
      const { problems } = /** @type {{problems?: import("../net/contract.js").Problem[]}} */ (error);
      if (problems) hold({ text, checked: text, problems });
      else timer = setTimeout(check, 8 * PAUSE);
    }
  };

  /** @param {Experiment} made @param {string} cell @param {string} text */
  const apply = (made, cell, text) => {
    const before = get().experiment;
    const name = made.network.parts.flatMap(({ layers }) => layers).find((layer) => layer.text === text)?.cell ?? cell;
    session.load({
      message: { type: "open", experiment: made },
      build(base) {
        record();
        const { step, view, language, lanes } = get().experiment;
        return withView({ ...base, lanes, step, view, language }, { editing: name });
      },
      opened() {
        set(history.counts());
        if (get().draft?.text === text) hold(null);
        // Whoever goes back in the browser finds the lesson again.
        if (hasOrigin(before)) environment.pushed();
      },
    });
  };

  return {
    /** @param {string | null} [cell]  of the network; the first layer's if it is not said */
    async openEditor(cell = null) {
      set({ panel: null, pinned: null });
      look({ editing: cell ?? editedCell(get()) });
    },
    closeEditor() {
      turn += 1;
      clearTimeout(timer);
      const view = { ...get().experiment.view };
      delete view.editing;
      core.show({ ...get().experiment, view });
    },
    toggleEditor() {
      if (get().experiment.view.editing) this.closeEditor();
      else void this.openEditor();
    },
    /** What the editor needs besides the text, and a text that was left unfinished. */
    async beginWriting() {
      const kept = recalled(environment.recall(KEPT));
      if (!get().draft && kept?.of === textOf(get(), editedCell(get())) && kept.text !== kept.of) this.write(kept.text);
      if (get().vocabulary) return;
      try {
        set({ vocabulary: await (await environment.api()).vocabulary() });
      } catch {
        set({ notice: "notice.panel" });
      }
    },
    /** @param {string} text */
    write(text) {
      turn += 1;
      const { draft } = get();
      hold({ text, checked: draft?.checked ?? "", problems: draft?.problems ?? [] });
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE);
    },
    /** The text of a cell of the library, to be written instead: none, where something else has been written since. @param {string} name */
    async libraryText(name) {
      const own = (turn += 1);
      try {
        const found = await (await environment.api()).text(name);
        return own === turn ? found : null;
      } catch {
        set({ notice: "notice.panel" });
        return null;
      }
    },
    /** Back to the text that runs. */
    dropDraft() {
      turn += 1;
      clearTimeout(timer);
      hold(null);
    },
  };
}

/** @param {Experiment} a @param {Experiment} b */
function sameNumbers(a, b) {
  return ["network", "parameters", "sequence", "initial", "backward"].every((key) => same(/** @type {any} */ (a)[key], /** @type {any} */ (b)[key]));
}

/** @param {string | null} text @returns {{of: string, text: string} | null} */
function recalled(text) {
  try {
    const found = JSON.parse(text || "null");
    return typeof found?.text === "string" ? found : null;
  } catch {
    return null;
  }
}
