/** The experiment as source of a library, to be run elsewhere. */

/** @typedef {import("./core.js").Core} Core */

/** @param {Core} core */
export function createGiving({ get, set, environment }) {
  let turn = 0;
  return {
    /** @param {"numpy" | "pytorch" | "keras"} to */
    async writeCode(to) {
      const { experiment } = get();
      const own = (turn += 1);
      set({ code: { to, of: experiment, text: "", problems: [], copied: null } });
      try {
        const text = await (await environment.api()).code(experiment, to);
        if (own === turn) set({ code: { to, of: experiment, text, problems: [], copied: null } });
      } catch (error) {
        const { problems } = /** @type {{problems?: import("../net/contract.js").Problem[]}} */ (error);
        if (own !== turn) return;
        set(problems ? { code: { to, of: experiment, text: "", problems, copied: null } } : { code: null, notice: "shared.unsaved" });
      }
    },
    async copyCode() {
      const { code } = get();
      if (!code) return;
      try {
        await environment.copy(code.text);
        set({ code: { ...code, copied: true } });
      } catch {
        set({ code: { ...code, copied: false } });
      }
    },
  };
}
