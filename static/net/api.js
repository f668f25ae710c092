/** What the server is asked beside the socket: one question, one answer. */

import { encode, reviveExperiment } from "./numbers.js";

/** @typedef {import("./contract.js").Experiment} Experiment */
/** @typedef {import("./contract.js").Problem} Problem */
/** @typedef {(address: URL, how?: RequestInit) => Promise<{ok: boolean, status: number, json: () => Promise<any>}>} Ask */
/** @typedef {ReturnType<typeof createApi>} Api */

/** An answer that says what is wrong with the question. */
export class Refused extends Error {
  /** @param {Problem[]} problems */
  constructor(problems) {
    super(problems.map(({ message }) => message).join(" "));
    this.problems = problems;
  }
}

/**
 * All of these are rejected with `Refused` when the server has something to say, and otherwise when there is no answer.
 * @param {string} base  the address of the page
 * @param {Ask} [ask]
 */
export function createApi(base, ask = (address, how) => fetch(address, how)) {
  /** @param {string} path @param {RequestInit} [how] */
  const answer = async (path, how) => {
    const found = await ask(new URL(path, base), how);
    const data = await found.json();
    if (!found.ok) throw new Refused(data.problems);
    return data;
  };
  /** @param {string} path @param {unknown} record */
  const post = (path, record) => answer(path, { method: "POST", headers: { "content-type": "application/json" }, body: encode(record) });

  return {
    /** @returns {Promise<import("../state/store.js").Vocabulary>} */
    vocabulary: () => answer("api/language"),
    /** What can be trained. @returns {Promise<import("../state/training/settings.js").Offer>} */
    offer: () => answer("api/tasks"),
    /** Papers' results. @returns {Promise<{recipes: import("../state/training/recipes.js").Recipe[]}>} */
    recipes: () => answer("api/recipes"),
    /** The shapes of the weights that a training learns. @param {Record<string, unknown>} settings @returns {Promise<Record<string, number[]>>} */
    wanted: async (settings) => (await post("api/tasks/weights", { settings })).weights,
    /** What is reached without memory. @param {Record<string, unknown>} settings @returns {Promise<{loss: number, accuracy: number}>} */
    baseline: (settings) => post("api/tasks/baseline", { settings }),
    /** The text of a cell of the library. @param {string} name @returns {Promise<string>} */
    text: async (name) => (await answer(`api/cells/${encodeURIComponent(name)}`)).program.text,
    /** @param {Experiment} experiment @param {string} to @returns {Promise<string>} */
    code: async (experiment, to) => (await post("api/code", { experiment, to })).code,
    /** What a file of weights holds. @param {File} file @param {Record<string, string>} told @returns {Promise<{file: any, experiment: Experiment | null}>} */
    async weights(file, told) {
      const asked = new URLSearchParams({ name: file.name.slice(-200), ...told });
      const found = await answer(`api/weights?${asked}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });
      return { ...found, experiment: found.experiment && reviveExperiment(found.experiment) };
    },
    /** The experiment with another text for a cell of its network. @param {Experiment} experiment @param {string} cell @param {string} text @returns {Promise<Experiment>} */
    async rewrite(experiment, cell, text) {
      const made = await post("api/rewrite", { experiment, cell, text });
      if (!made.experiment) throw new Refused(made.problems);
      return reviveExperiment(made.experiment);
    },
  };
}
