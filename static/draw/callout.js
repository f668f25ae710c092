/**
 * Where a note about a number stands: beside it, inside the given area, and joined to it by a line.
 */

/** @typedef {{left: number, top: number, width: number, height: number, right: number, bottom: number}} Box */

/** A longer line would be one more thing to read; the ring around the anchor then has to do. */
const LONGEST_LINE = 160;
const GAP = 22;
const MARGIN = 8;

/**
 * The thing a pinned value is drawn as: in the cell when it is the present step's and in view, else in the strip.
 * @param {Document} document
 * @param {{address: string, unit: number, step: number}} pinned
 * @param {boolean} present
 * @param {Box} seen  the part of the window that nothing lies over
 * @returns {Element | null}
 */
export function anchorOf(document, { address, unit, step }, present, seen) {
  const name = `[data-address="${address}"]`;
  const inCell = present ? document.querySelector(`[data-view="cell"] .standing${name} .place`) : null;
  const box = inCell?.getBoundingClientRect();
  if (box && box.width > 0 && box.bottom > 0 && box.top < seen.bottom) return inCell;
  const slot = document.querySelector(`[data-view="strip"] ${name}[data-step="${step}"]`);
  return slot?.querySelector(`[data-unit="${unit}"]`) ?? slot;
}

/**
 * What of an area is in view between the header and the transport.
 * @param {Document} document
 * @param {Box} area
 * @returns {Box}
 */
export function inView(document, area) {
  const above = document.querySelector("[data-view=header]")?.getBoundingClientRect().bottom ?? 0;
  const below = document.querySelector("[data-view=transport]")?.getBoundingClientRect().top ?? Infinity;
  const top = Math.max(area.top, above);
  const bottom = Math.max(top, Math.min(area.bottom, below));
  return { left: area.left, right: area.right, width: area.width, top, bottom, height: bottom - top };
}

/**
 * What a note had better leave visible.
 * @param {Document} document
 * @param {number} step
 * @returns {Element[]}
 */
export function worthSeeing(document, step) {
  return [
    ...document.querySelectorAll('[data-view="cell"] .standing, [data-view="cell"] .note'),
    ...document.querySelectorAll(`[data-view="strip"] .slot[data-step="${step}"]`),
  ];
}

/**
 * Near the anchor, where it hides least.
 * @param {Box | null} anchor  in the window
 * @param {Box} area  in the window
 * @param {{width: number, height: number}} size
 * @param {Box[]} seen  what had better stay visible, in the window
 */
export function settle(anchor, area, { width, height }, seen) {
  const right = Math.max(MARGIN, area.width - width - MARGIN);
  const bottom = Math.max(MARGIN, area.height - height - MARGIN);
  if (!anchor) return { left: right, top: MARGIN };
  const box = { left: anchor.left - area.left, right: anchor.right - area.left, top: anchor.top - area.top, bottom: anchor.bottom - area.top };
  const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const lefts = [box.right + GAP, box.left - GAP - width, centre.x - width / 2, MARGIN, right];
  const tops = [centre.y - height / 3, centre.y - 24, centre.y - height + 24, box.bottom + GAP, box.top - GAP - height, MARGIN, bottom];
  let best = { left: right, top: MARGIN, cost: Infinity };
  for (const wishX of lefts) {
    for (const wishY of tops) {
      const left = Math.max(MARGIN, Math.min(right, wishX));
      const top = Math.max(MARGIN, Math.min(bottom, wishY));
      const own = overlap(left, top, width, height, box, 6);
      const hidden = seen.reduce((sum, one) => sum + overlap(left, top, width, height, { left: one.left - area.left, right: one.right - area.left, top: one.top - area.top, bottom: one.bottom - area.top }, 0), 0);
      const far = Math.hypot(left + width / 2 - centre.x, top + height / 2 - centre.y);
      const cost = own * 1000 + hidden + far * 12;
      if (cost < best.cost) best = { left, top, cost };
    }
  }
  return { left: Math.round(best.left), top: Math.round(best.top) };
}

/**
 * @param {number} left @param {number} top @param {number} width @param {number} height
 * @param {{left: number, right: number, top: number, bottom: number}} box
 * @param {number} around
 */
function overlap(left, top, width, height, box, around) {
  const across = Math.min(left + width, box.right + around) - Math.max(left, box.left - around);
  const down = Math.min(top + height, box.bottom + around) - Math.max(top, box.top - around);
  return across > 0 && down > 0 ? across * down : 0;
}

/**
 * @param {Box} anchor
 * @param {Box} area
 * @param {{left: number, top: number}} place
 * @param {number} width
 * @param {number} height
 */
export function leader(anchor, area, place, width, height) {
  const x = (anchor.left + anchor.right) / 2 - area.left;
  const y = (anchor.top + anchor.bottom) / 2 - area.top;
  const half = (anchor.right - anchor.left) / 2 + 2;
  const toY = Math.max(place.top + 18, Math.min(place.top + height - 18, y));
  if (place.left >= x) return curve(x + half, y, place.left, toY);
  if (place.left + width <= x) return curve(x - half, y, place.left + width, toY);
  const above = place.top + height <= anchor.top - area.top;
  if (!above && place.top < anchor.bottom - area.top) return "";
  const [from, to] = above ? [anchor.top - area.top - 2, place.top + height] : [anchor.bottom - area.top + 2, place.top];
  return Math.abs(to - from) > LONGEST_LINE ? "" : `M${x.toFixed(1)} ${from.toFixed(1)} V${to.toFixed(1)}`;
}

/** @param {number} x @param {number} y @param {number} toX @param {number} toY */
function curve(x, y, toX, toY) {
  if (Math.hypot(toX - x, toY - y) > LONGEST_LINE) return "";
  const middle = (x + toX) / 2;
  return `M${x.toFixed(1)} ${y.toFixed(1)} C${middle.toFixed(1)} ${y.toFixed(1)} ${middle.toFixed(1)} ${toY.toFixed(1)} ${toX.toFixed(1)} ${toY.toFixed(1)}`;
}
