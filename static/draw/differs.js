/** Whether a view has anything to draw: most changes of the state are none of its own. */

/** @returns {(...values: unknown[]) => boolean}  true when some value is another than at the call before */
export function differs() {
  /** @type {unknown[] | null} */
  let last = null;
  return (...values) => {
    const same = last !== null && last.length === values.length && values.every((value, index) => Object.is(value, last?.[index]));
    last = values;
    return !same;
  };
}
