/** A curve that is half drawn: like an answer it lasts as long as the tab, and stays out of links. */

/** @typedef {(number | null)[]} Points  from left to right; null: not drawn yet */

/** @param {string | null} lesson @param {string} id  of the prediction */
const keyOf = (lesson, id) => `unrolled.sketch.${lesson}.${id}`;

/** @param {string | null} lesson @param {string} id  of the prediction @returns {Points | null} */
export function recallSketch(lesson, id) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(lesson, id)) ?? "null");
    return Array.isArray(kept) && kept.every((one) => one === null || Number.isFinite(one)) ? kept : null;
  } catch {
    return null;
  }
}

/** @param {string | null} lesson @param {string} id  of the prediction @param {Points | null} points  null: there is nothing left to keep */
export function rememberSketch(lesson, id, points) {
  try {
    if (points) sessionStorage.setItem(keyOf(lesson, id), JSON.stringify(points));
    else sessionStorage.removeItem(keyOf(lesson, id));
  } catch {
    // Without storage it is drawn anew after a reload.
  }
}
