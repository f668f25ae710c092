/** Taking away what the page shows: pictures and numbers as files. Loaded when the dialog for it is first opened. */

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./store.js").Series} Series */

/** @param {Core} core */
export function createSaving({ get, set, environment }) {
  /** What files are called. */
  const stem = () => {
    const { lesson, cell } = get().experiment;
    return `unrolled-${lesson ?? cell ?? "experiment"}`;
  };
  /** @param {() => Promise<void>} work */
  const attempt = async (work) => {
    set({ notice: null, problems: [] });
    try {
      await work();
    } catch (error) {
      const problems = /** @type {any} */ (error)?.problems;
      set(problems ? { problems } : { notice: "shared.unsaved" });
    }
  };

  return {
    /** Every value, and the gradients where something is differentiated. @param {"csv" | "json" | "npz"} format */
    trace: (format) => attempt(async () => {
      const { experiment } = get();
      environment.save(`${stem()}.${format}`, await environment.trace(experiment, format, experiment.backward !== null));
    }),
    /** Every value from the first step to the last, by its address. @returns {Promise<Record<string, Series> | null>} null: it was refused, and said */
    async values() {
      /** @type {Record<string, Series> | null} */
      let found = null;
      await attempt(async () => {
        found = await environment.values(get().experiment);
      });
      return found;
    },
    /**
     * @param {string} what  part of the file's name
     * @param {"svg" | "png"} format
     * @param {(faces: import("../net/files.js").Face[]) => Promise<Blob>} draw
     */
    picture: (what, format, draw) => attempt(async () => {
      environment.save(`${stem()}-${what}-step-${get().experiment.step}.${format}`, await draw(await environment.faces()));
    }),
  };
}
