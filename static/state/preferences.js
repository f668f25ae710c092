/** What the browser remembers of a person: never needed, and refused by some frames. */

/** @param {string} key @returns {string | null} */
export function recall(key) {
  try {
    return localStorage.getItem(`unrolled.${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`unrolled.${key}`, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** How far each lesson has been read: kept in this browser, told to nobody. @returns {Record<string, import("./store.js").Progress>} */
export function recallSeen() {
  try {
    const kept = Object.entries(JSON.parse(recall("seen") ?? "{}"));
    return Object.fromEntries(kept.filter(([, progress]) => progress === "begun" || progress === "done"));
  } catch {
    return {};
  }
}

/** Answers given to predictions last as long as the tab, and stay out of links. @typedef {Record<string, {answer: number | number[] | null}>} Answers */

/** @param {string | null} lesson @returns {Answers} */
export function recallAnswers(lesson) {
  try {
    return JSON.parse(sessionStorage.getItem(`unrolled.answers.${lesson}`) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string | null} lesson @param {Answers} answers */
export function rememberAnswers(lesson, answers) {
  try {
    sessionStorage.setItem(`unrolled.answers.${lesson}`, JSON.stringify(answers));
  } catch {
    // Without storage a reload asks again.
  }
}
