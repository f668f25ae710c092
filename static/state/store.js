/**
 * One frozen record holds everything the page shows. Writers replace it; watchers
 * hear once per animation frame which keys have changed, however many writes there were.
 */

/** @typedef {import("../net/contract.js").CellCard} CellCard */
/** @typedef {import("../net/contract.js").Experiment} Experiment */
/** @typedef {import("./starts.js").Ground} Ground */
/** @typedef {import("../net/contract.js").Lesson} Lesson */
/** @typedef {import("../net/contract.js").NetworkDocument} NetworkDocument */
/** @typedef {import("../net/contract.js").Problem} Problem */

/**
 * One symbol over time. Row `step - first` of `data`, for `first <= step < first + steps`.
 * @typedef {object} Series
 * @property {Float64Array | Float32Array} data  (steps, units), row by row; float32 is for pictures only
 * @property {number} first  the first step that is known (1 unless gradients are still arriving)
 * @property {number} steps  how many steps are known
 * @property {number} units
 */
/** @typedef {{data: Float64Array | Float32Array, shape: number[]}} Total */
/** @typedef {{values: Record<string, Series>, gradients: Record<string, Series>}} Picture */
/** What of a wide network is in view: so many steps from `first` on, and the place pointed at. @typedef {{first: number, count: number, pointed: {address: string, unit: number, step: number} | null}} Sight */
/**
 * Another network beside the first: the same as State has of its own. `base` and `network` are null until it is open.
 * @typedef {object} Lane
 * @property {string} id  its name on the wire
 * @property {import("../net/contract.js").LaneRecord} record
 * @property {Experiment | null} base
 * @property {Ground | null} ground
 * @property {NetworkDocument | null} network
 * @property {Record<string, Series>} values
 * @property {Record<string, Series>} gradients
 * @property {Record<string, Total>} totals
 * @property {Record<string, number>} bounds
 * @property {Problem[]} problems
 */
/**
 * What was measured of many steps: curves by name, each with its arrays, as an answer to one question.
 * @typedef {{question: string, curves: Record<string, Record<string, Float64Array>>, problems: Problem[]}} Powers
 */
/**
 * An error surface, and the way down it from where the network is.
 * @typedef {object} Surface
 * @property {Float64Array} losses  row by row, from the lowest value of what goes down; NaN where it is not known yet
 * @property {string} of  the axes that they belong to
 * @property {Footholds | null} path
 * @property {Problem[]} problems
 */
/** Before and after each update: the two numbers and their gradient as pairs. @typedef {{at: Float64Array, gradient: Float64Array, loss: Float64Array, norm: Float64Array}} Footholds */
/** Numbers of parameters, by address. @typedef {Record<string, {data: Float64Array | Float32Array, shape: number[]}>} Arrays */
/**
 * How the network learns: the losses before each update and after the last, of which the weights stand `at` one; the newest press began at `from`.
 * @typedef {object} Learning
 * @property {boolean} going
 * @property {number[]} losses
 * @property {Record<string, number[]>} others  the same of networks beside the first, by lane; NaN where one did not learn along
 * @property {number} at
 * @property {number} from
 * @property {{norm: number, clipped: number, gradient: Arrays, next: Arrays, stop: Problem | null} | null} ahead  the update that would come next
 * @property {Problem[]} problems
 */
/** @typedef {"connecting" | "live" | "away"} Status */
/** @typedef {"begun" | "done"} Progress  how far a lesson has been read */
/** @typedef {null | "help" | "chart" | "compare" | "share" | "menu" | "goto" | "initial" | "network" | "signal" | "files"} Panel */
/**
 * A cell's text that is not yet, or cannot be, in the experiment.
 * @typedef {object} Draft
 * @property {string} text
 * @property {string} checked  what the problems were found in
 * @property {Problem[]} problems
 */
/** What a cell's text may say. @typedef {{functions: {name: string, written: string, form: string}[], signs: string[], starts: string[], outputs: string[], previous: string, input: string}} Vocabulary */

/**
 * @typedef {object} State
 * @property {Experiment} experiment  the page's own copy: the page holds the truth
 * @property {Experiment} base  the lesson's or the cell's own experiment, from which changes are counted
 * @property {Ground} ground  the numbers that its weights had before anybody changed one of them
 * @property {Lesson | null} lesson
 * @property {CellCard | null} cell  the cell of the library that the experiment began as
 * @property {NetworkDocument} network
 * @property {Record<string, Series>} values
 * @property {Record<string, Series>} gradients
 * @property {Record<string, Total>} totals
 * @property {boolean} overtaken  the values are newer than the gradients, which are still computed
 * @property {Record<string, Picture>} pictures  of a wide network, by the name of their window
 * @property {Sight | null} sight
 * @property {number} memory  bytes that a run takes
 * @property {Record<string, number>} bounds  colour bounds measured once, when an experiment is opened
 * @property {Record<string, Surface>} surfaces  by network, "main" and those beside it; empty while nobody has looked at one
 * @property {Learning | null} learning  null while nobody has looked
 * @property {Powers | null} powers  the same of what is measured over many steps
 * @property {Lane[]} lanes  what it is compared with
 * @property {Status} status
 * @property {Problem[]} problems
 * @property {boolean} running
 * @property {number | null} equation  the second clock: index of the equation within the step, null when the step is complete
 * @property {Pinned | null} pinned
 * @property {{address: string, index: number[]} | null} selected
 * @property {boolean} playing
 * @property {number} speed
 * @property {Record<string, {answer: number | number[] | null}>} predictions
 * @property {"light" | "dark" | "projector"} theme
 * @property {boolean} motion
 * @property {boolean} characters  letters, digits and signs are shortcuts
 * @property {Panel} panel
 * @property {boolean} home  the list of lessons is shown; what is open stays open behind it
 * @property {string | null} train  the trainings that are looked at in place of that list, as the address has them; null: none
 * @property {import("./training/training.js").Training} [training]  not there before somebody has looked at one
 * @property {Record<string, Progress>} seen  by lesson
 * @property {Record<string, import("../net/contract.js").Miniature> | null} miniatures  by lesson; null until the list has asked for them
 * @property {boolean} changed  weights, inputs or starting state differ from the lesson's
 * @property {boolean} blank  the screen is dark on purpose
 * @property {boolean} embed  the stage alone, inside another page
 * @property {string[] | null} spotlight  what the person lit with a key; null leaves it to the lesson
 * @property {number} undo  how many changes can be taken back
 * @property {number} redo
 * @property {"link" | "browser" | "nothing"} carried  what brings the experiment back: its address alone, the browser's storage with it, or nothing
 * @property {Draft | null} draft
 * @property {{to: string, of: Experiment, text: string, problems: Problem[], copied: boolean | null} | null} code  the experiment `of` as source; "" while it is written
 * @property {File | null} dropped  let fall on the page and not yet looked at
 * @property {{name: string, told: Record<string, string>, found: any, problems: Problem[], reading: boolean} | null} file  what it holds, and what a person told of it
 * @property {Vocabulary | null} vocabulary  of the language of cells; null until the editor has asked for it
 * @property {string | null} notice  key of a short message, e.g. after copying
 * @property {string} preferred  the language when the experiment names none
 * @property {Record<string, Record<string, string>>} words  by language, its name that of a folder of static/i18n
 * @property {{id: string, title: {en: string, zh: string}, chapter: {en: string, zh: string}}[]} lessons
 * @property {CellCard[] | null} cells  of the library; null until the menu has asked for them
 * @property {Problem[]} faults  of lessons that could not be loaded
 * @property {Record<string, number>} limits
 * @property {string} plotly  where the chart library lies
 */

/** The value whose arithmetic is open; `from`: the one that it was reached from. @typedef {{address: string, unit: number, step: number, from?: Pinned | null}} Pinned */
/** What can be watched: a part of the state, or everything of the experiment but its weights. A drag changes only those, and what it makes of them comes with the values. @typedef {keyof State | "setting"} Key */
/** @typedef {(state: State, changed: Set<Key>) => void} Watcher */

/**
 * @typedef {object} Store
 * @property {() => State} get
 * @property {(patch: Partial<State>, how?: {patient?: boolean}) => void} set  patient: shown with what comes next, or soon
 * @property {(keys: Key[], fn: Watcher) => () => void} watch
 * @property {() => void} flush  tell the watchers now
 * @property {() => void} early  tell them now instead of in the frame that is to come, once between two frames
 */

/** Milliseconds, two frames: a move of a drag is drawn with the values that it leads to, unless they are longer under way. */
const PATIENCE = 34;

/**
 * @param {State} initial
 * @param {(callback: () => void) => void} [schedule]
 * @returns {Store}
 */
export function createStore(initial, schedule = (callback) => void requestAnimationFrame(callback)) {
  let state = Object.freeze({ ...initial });
  /** @type {Set<Key>} */
  let changed = new Set();
  /** @type {Set<{keys: Key[], fn: Watcher}>} */
  const watchers = new Set();
  /** Whether a frame, and whether the end of patience, is to come, and whether its watchers were told before. */
  let scheduled = false;
  let waiting = false;
  let told = false;

  const soon = () => {
    if (!scheduled) schedule(frame);
    scheduled = true;
  };
  const frame = () => {
    scheduled = told = false;
    flush();
  };
  const wait = () => {
    if (scheduled || waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (changed.size > 0) soon();
    }, PATIENCE);
  };

  const flush = () => {
    if (changed.size === 0) return;
    const those = changed;
    changed = new Set();
    for (const { keys, fn } of [...watchers]) {
      if (keys.some((key) => those.has(key))) fn(state, those);
    }
  };
  const early = () => {
    if (told || !scheduled) return;
    told = true;
    flush();
  };

  return {
    get: () => state,
    set(patch, { patient = false } = {}) {
      const keys = /** @type {(keyof State)[]} */ (Object.keys(patch)).filter(
        (key) => !Object.is(state[key], patch[key]),
      );
      if (keys.length === 0) return;
      const setting = keys.includes("experiment") && isOther(state.experiment, patch.experiment);
      state = Object.freeze({ ...state, ...patch });
      if (patient) wait();
      else soon();
      for (const key of keys) changed.add(key);
      if (setting) changed.add("setting");
    },
    watch(keys, fn) {
      const entry = { keys, fn };
      watchers.add(entry);
      return () => void watchers.delete(entry);
    },
    flush,
    early,
  };
}

/** Whether more than the weights differs. @param {Experiment | null | undefined} before @param {Experiment | null | undefined} after */
function isOther(before, after) {
  if (!before || !after) return true;
  const keys = /** @type {(keyof Experiment)[]} */ (Object.keys({ ...before, ...after }));
  return keys.some((key) => key !== "parameters" && !Object.is(before[key], after[key]));
}
