/**
 * Colours as expressions over the tokens, so that a change of theme repaints nothing here. Shares are rounded to whole per cents: a
 * drag then writes few different strings.
 */

/** @typedef {"input"|"state"|"gate"|"output"|"value"|"parameter"|"constant"} Role */

/**
 * @param {string} token
 * @param {string} ground
 * @param {number} share
 */
function mix(token, ground, share) {
  return `color-mix(in oklab, var(${token}) ${Math.round(share * 100)}%, var(${ground}))`;
}

/**
 * Blue below zero, orange above, neutral at zero.
 * @param {number} share  in [-1, 1]
 */
export function signed(share) {
  // A little above linear: on a range of ten a 1 has to look different from a 0.
  const strength = Math.abs(share) ** 0.8;
  return mix(share < 0 ? "--signed-low" : "--signed-high", "--signed-zero", strength);
}

/**
 * One hue, darker (in the dark: brighter) as the gate opens.
 * @param {number} share  in [0, 1]
 */
export function gate(share) {
  return mix("--gate-open", "--gate-shut", share);
}

/**
 * @param {number} share  in [0, 1], of the logarithmic scale
 */
export function gradient(share) {
  return mix("--gradient-high", "--gradient-zero", share);
}

/**
 * Lines and letters of a symbol.
 * @param {string} role
 */
export function role(role) {
  return `var(--role-${role})`;
}

/**
 * Digits on a signed colour: the depth at which the other ink reads better differs between the two hues.
 * @param {number} share
 */
export function onSigned(share) {
  return Math.abs(share) > (share < 0 ? 0.66 : 0.57) ? "var(--on-signed-strong)" : "var(--on-signed)";
}

/** @param {number} share */
export function onGradient(share) {
  return share > 0.66 ? "var(--on-gradient)" : "var(--on-gradient-pale)";
}
