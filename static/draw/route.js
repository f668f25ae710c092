/**
 * The way of a wire through its bends.
 */

/**
 * Level at every point, so that wires leave and arrive horizontally.
 * @param {[number, number][]} points
 */
export function route(points) {
  const [[x, y], ...rest] = points;
  let d = `M${round(x)} ${round(y)}`;
  let [fromX, fromY] = [x, y];
  for (const [toX, toY] of rest) {
    const middle = (fromX + toX) / 2;
    d += Math.abs(toY - fromY) < 0.5 ? ` H${round(toX)}` : ` C${round(middle)} ${round(fromY)} ${round(middle)} ${round(toY)} ${round(toX)} ${round(toY)}`;
    [fromX, fromY] = [toX, toY];
  }
  return d;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
