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
