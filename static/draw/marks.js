/** What moves over a picture, on a layer of its own: the present step, what is still to come, the place pointed at. */

/** @typedef {import("./panorama.js").Band} Band */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/**
 * @param {CanvasRenderingContext2D} context  in CSS pixels
 * @param {{width: number, height: number}} size
 * @param {(token: string) => string} token
 * @param {{present: Box, later: Box | null, hidden: Box[], pointed: Box | null}} what
 */
export function marks(context, { width, height }, token, { present, later, hidden, pointed }) {
  context.clearRect(0, 0, width, height);
  if (later) {
    context.globalAlpha = 0.5;
    context.fillStyle = token("--paper");
    fill(context, later);
    context.globalAlpha = 1;
  }
  context.fillStyle = token("--hollow");
  for (const box of hidden) fill(context, box);
  context.lineWidth = 2;
  context.strokeStyle = token("--card");
  frame(context, present, 2);
  context.lineWidth = 1.5;
  context.strokeStyle = token("--accent");
  frame(context, present, 0.5);
  if (!pointed) return;
  context.strokeStyle = token("--ink");
  context.lineWidth = 1.5;
  frame(context, pointed, 1.5);
}

/** @param {CanvasRenderingContext2D} context @param {Box} box */
function fill(context, { left, right, top, bottom }) {
  context.fillRect(left, top, right - left, bottom - top);
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {number} out */
function frame(context, { left, right, top, bottom }, out) {
  context.strokeRect(left - out, top - out, right - left + 2 * out, bottom - top + 2 * out);
}
