/**
 * A symbol's letters: `W_f` is W with f below, `c_prev` is c with t−1 below, `f:in` (what the gate's function is taken of) is f with in below.
 */

/**
 * @param {string} name  bare: no address
 * @returns {{letter: string, sub: string}}
 */
export function letters(name) {
  const gradient = name.startsWith("∂") ? "∂" : "";
  const [own, ...derived] = name.slice(gradient.length).split(":");
  const cut = own.indexOf("_");
  const letter = gradient + (cut < 0 ? own : own.slice(0, cut));
  const sub = [cut < 0 ? "" : own.slice(cut + 1).replace(/_?prev$/, "t−1"), ...derived].filter(Boolean).join(" ");
  return { letter, sub };
}

/** @param {string} name */
export function spoken(name) {
  const { letter, sub } = letters(name);
  return sub ? `${letter} ${sub}` : letter;
}
