/** What the page says, in the language in force. The catalogues are flat and come with the page. */

/** @typedef {import("./store.js").State} State */
/** @typedef {import("../net/contract.js").Problem} Problem */

/** The catalogues as they come: the keys once, each language's sentences in their order. @param {{keys: string[], said: Record<string, string[]>}} packed @returns {State["words"]} */
export function unpacked({ keys, said }) {
  return Object.fromEntries(Object.entries(said).map(([language, list]) => [language, Object.fromEntries(keys.map((key, at) => [key, list[at]]))]));
}

/** @param {Pick<State, "preferred" | "words"> & {experiment?: State["experiment"] | null}} state @returns {string} */
export function languageOf(state) {
  const wanted = state.experiment?.language;
  return wanted && wanted in state.words ? wanted : state.preferred;
}

/** The value of the page's lang attribute. @param {State} state */
export function langTag(state) {
  return state.words[languageOf(state)]["page.tag"];
}

/** Made once: to make one takes longer than everything else that a sentence needs. */
const PLURALS = /** @type {Record<string, Intl.PluralRules>} */ ({});

/**
 * A sentence of the catalogue, its {placeholders} filled. With a `count`, `key.one` is tried first where the
 * language has a singular.
 * @param {State} state
 * @param {string} key
 * @param {Record<string, string | number>} [args]
 */
export function say(state, key, args = {}) {
  const language = languageOf(state);
  const words = state.words[language];
  const singular =
    typeof args.count === "number" && (PLURALS[language] ??= new Intl.PluralRules(language)).select(args.count) === "one"
      ? words[`${key}.one`]
      : undefined;
  return fill(singular ?? words[key] ?? key, args);
}

/** Sentences one after another; not every language has a space between them. @param {State} state @param {string[]} sentences */
export function joined(state, sentences) {
  return sentences.filter(Boolean).join(say(state, "page.gap"));
}

/** Whether the catalogue has the key. @param {State} state @param {string} key */
export function known(state, key) {
  return key in state.words[languageOf(state)];
}

/** A text in the language that is read, else in one that it has. @param {State} state @param {{en: string, zh: string}} texts */
export function pick(state, texts) {
  return /** @type {Record<string, string>} */ (texts)[languageOf(state)] || texts.en || texts.zh;
}

/**
 * "2 · Memory with gates": lessons are counted in the order of the list.
 * @param {State} state
 * @param {{id: string, chapter: {en: string, zh: string}}} lesson
 */
export function numbered(state, { id, chapter }) {
  const place = state.lessons.findIndex((entry) => entry.id === id);
  return place < 0 ? pick(state, chapter) : `${place + 1} · ${pick(state, chapter)}`;
}

/** A label that came in English from a cell's text. @param {State} state @param {string} label */
export function label(state, label) {
  const key = `label.${label}`;
  return known(state, key) ? say(state, key) : label;
}

/**
 * A problem as a sentence: the catalogue's where it has one for all of its arguments, else as it came. Problems of a cell's text have
 * theirs under `language`, those of learning under `training`; an argument that is empty means that nothing stands there, which may have a sentence of its own.
 * @param {State} state
 * @param {Problem} problem
 */
export function problemText(state, { code, args, message }) {
  const nothing = args.text === "" || args.rest === "" ? ["empty"] : [];
  const ends = [args.limit, ...nothing].filter((end) => end !== undefined).map((end) => `.${end}`);
  const keys = ["problem", "language", "training"].flatMap((part) => [...ends, ""].map((end) => `${part}.${code}${end}`));
  const told = typeof args.allowed === "number" ? { ...args, megabytes: Math.floor(args.allowed / 2 ** 20) } : args;
  return filled(state, keys, Object.fromEntries(Object.entries(told).map(([name, value]) => [name, sized(state, value)]))) ?? message;
}

/** A size that came in English words. @param {State} state @param {string | number} value */
function sized(state, value) {
  const key = `language.size.${value}`;
  return known(state, key) ? say(state, key) : value;
}

/** What to do about a problem: as `problemText`; "" where there is nothing to say. @param {State} state @param {Problem} problem */
export function problemHint(state, { code, args, hint }) {
  const { suggestion, ...rest } = args;
  return filled(state, [`language.${code}.hint`], suggestion ? args : rest) ?? hint ?? "";
}

/** The first of these sentences that there is, if its arguments are all there. @param {State} state @param {string[]} keys @param {Problem["args"]} args */
function filled(state, keys, args) {
  const key = keys.find((candidate) => known(state, candidate));
  const text = key && say(state, key, args);
  return text && !/\{\w+\}/.test(text) ? text : null;
}

/** What comes may be a Chinese name or letters; only letters stand apart from the characters beside them. @param {string} text @param {Record<string, string | number>} args */
function fill(text, args) {
  if (!text.includes("{")) return text;
  return text.replace(/([\u3400-\u9fff]?)\{(\w+)\}(?=([\u3400-\u9fff]?))/g, (whole, before, name, after) => {
    if (!(name in args)) return whole;
    const value = String(args[name]);
    return `${before}${before && /^[a-z∂]/i.test(value) ? " " : ""}${value}${after && /[a-z₀-₉]$/i.test(value) ? " " : ""}`;
  });
}
