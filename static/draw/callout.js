/**
 * Where a note about a number stands: beside it, inside the given area, and joined to it by a line.
 */

/** @typedef {{left: number, top: number, width: number, height: number, right: number, bottom: number}} Box */

/** @typedef {{box: Box, worth: number}} Worth */

/** Between the note and its anchor, the edge of the stage, and anything else. */
const GAP = 18;
const MARGIN = 2;
const AIR = 3;
/** Where places are tried. */
const GRID = 10;
/** What it costs to hide a pixel, and to be one further away. */
const WORTH = { cell: 5, present: 1, other: 0.3 };
const FAR = 8;
const TOUCHED = 1500;
/** What it costs to draw the line through something that is read, and at how many places that is looked for. */
const CROSSED = 3000;
const SAMPLES = 12;
/** A line does not end at a rounded corner. */
const CORNER = 18;

/**
 * The thing a pinned value is drawn as: in the cell when it is the present step's and in view, not behind a study, else in the strip.
 * @param {Document} document
 * @param {{address: string, unit: number, step: number}} pinned
 * @param {boolean} present
 * @param {Box} seen  the part of the window that nothing lies over
 * @returns {Element | null}
 */
export function anchorOf(document, { address, unit, step }, present, seen) {
  const name = `[data-address="${address}"]`;
  const inCell = present ? document.querySelector(`[data-view="cell"] .standing${name} .place`) : null;
  const box = inCell?.checkVisibility({ visibilityProperty: true }) ? inCell.getBoundingClientRect() : null;
  if (box && box.width > 0 && box.bottom > 0 && box.top < seen.bottom) return inCell;
  const slot = document.querySelector(`[data-view="strip"] ${name}[data-step="${step}"]`);
  return slot?.querySelector(`[data-unit="${unit}"]`) ?? slot;
}

/** Where a line to it ends: at its box alone. The words at a gate's upper corners reach far beyond it, and a line to them points at nothing. @param {Element} anchor */
export function edgeOf(anchor) {
  return (anchor.querySelector(":scope > .shell") ?? anchor).getBoundingClientRect();
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
 * What a note had better leave visible: the present step in the cell and in the strip, and, less so, the other steps.
 * @param {Document} document
 * @param {number} step
 * @returns {Worth[]}
 */
export function worthSeeing(document, step) {
  const found = (/** @type {string} */ selector, /** @type {number} */ worth) =>
    Array.from(document.querySelectorAll(selector), (one) => ({ box: one.getBoundingClientRect(), worth }));
  return [
    ...found('[data-view="cell"] :is(.place-valve, .place-state, .label, .note)', WORTH.cell),
    ...found('[data-view="cell"] .place-op', WORTH.present),
    ...found(`[data-view="strip"] .slot[data-step="${step}"]`, WORTH.present),
    ...found(`[data-view="strip"] .slot:not([data-step="${step}"])`, WORTH.other),
    ...found('[data-view="cell"] .choices', WORTH.other),
  ];
}

/**
 * Near the anchor, where it hides least.
 * @param {Box | null} anchor  in the window
 * @param {Box} area  in the window
 * @param {{width: number, height: number}} size
 * @param {Worth[]} seen  what had better stay visible, in the window
 */
export function settle(anchor, area, { width, height }, seen) {
  const right = Math.max(MARGIN, area.width - width - MARGIN);
  const bottom = Math.max(MARGIN, area.height - height - MARGIN);
  if (!anchor) return { left: right, top: MARGIN };
  const box = within(anchor, area);
  const others = seen.map(({ box: one, worth }) => ({ box: within(one, area), worth }));
  const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const words = others.filter((one) => one.worth === WORTH.cell && overlap(one.box.left, one.box.top, one.box.right - one.box.left, one.box.bottom - one.box.top, box, 0) === 0);
  let best = { left: right, top: MARGIN, cost: Infinity };
  for (let left = MARGIN; left <= right; left += GRID) {
    for (let top = MARGIN; top <= bottom; top += GRID) {
      const own = overlap(left, top, width, height, box, GAP);
      const hidden = others.reduce((sum, one) => sum + cost(one, overlap(left, top, width, height, one.box, AIR)), 0);
      const across = Math.max(0, left - box.right, box.left - left - width);
      const down = Math.max(0, top - box.bottom, box.top - top - height);
      const near = own * 1000 + hidden + Math.hypot(across, down) * FAR + Math.hypot(left + width / 2 - centre.x, top + height / 2 - centre.y);
      if (near >= best.cost) continue;
      const end = { x: clamp(centre.x, left, left + width), y: clamp(centre.y, top, top + height) };
      const whole = near + CROSSED * words.filter((one) => crosses(centre, end, one.box)).length;
      if (whole < best.cost) best = { left, top, cost: whole };
    }
  }
  return { left: Math.round(best.left), top: Math.round(best.top) };
}

/** What is read is lost as soon as a part of it is hidden. @param {{worth: number}} one @param {number} hidden */
function cost({ worth }, hidden) {
  return hidden > 0 && worth === WORTH.cell ? TOUCHED + worth * hidden : worth * hidden;
}

/** Whether a line runs through a box. @param {{x: number, y: number}} from @param {{x: number, y: number}} to @param {{left: number, right: number, top: number, bottom: number}} box */
function crosses(from, to, box) {
  return Array.from({ length: SAMPLES }, (_, at) => at / SAMPLES).some((part) => {
    const [x, y] = [from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)];
    return x > box.left && x < box.right && y > box.top && y < box.bottom;
  });
}

/** @param {Box} box @param {Box} area */
function within(box, area) {
  return { left: box.left - area.left, right: box.right - area.left, top: box.top - area.top, bottom: box.bottom - area.top };
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
 * From the edge of the anchor to the nearest edge of the note.
 * @param {Box} anchor
 * @param {Box} area
 * @param {{left: number, top: number}} place
 * @param {number} width
 * @param {number} height
 */
export function leader(anchor, area, place, width, height) {
  const box = within(anchor, area);
  const note = { left: place.left, right: place.left + width, top: place.top, bottom: place.top + height };
  const across = Math.max(note.left - box.right, box.left - note.right);
  const down = Math.max(note.top - box.bottom, box.top - note.bottom);
  if (Math.max(across, down) <= 0) return "";
  if (across > down) {
    const [from, to] = facing([box.top, box.bottom], [note.top, note.bottom]);
    return note.left > box.right ? curve([box.right + 2, from], [note.left, to], true) : curve([box.left - 2, from], [note.right, to], true);
  }
  const [from, to] = facing([box.left, box.right], [note.left, note.right]);
  return note.top > box.bottom ? curve([from, box.bottom + 2], [to, note.top], false) : curve([from, box.top - 2], [to, note.bottom], false);
}

/**
 * Where on two sides that face each other a line begins and ends: as nearly straight as their corners allow.
 * @param {[number, number]} side
 * @param {[number, number]} other
 */
function facing([low, high], [otherLow, otherHigh]) {
  const middle = (low + high) / 2;
  const round = Math.min(CORNER, (high - low) / 2);
  const to = clamp(middle, otherLow + CORNER, otherHigh - CORNER);
  return [clamp(to, low + round, high - round), to];
}

/** @param {number} value @param {number} least @param {number} most */
function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

/** @param {[number, number]} from @param {[number, number]} to @param {boolean} across */
function curve(from, to, across) {
  const [x, y, toX, toY] = [...from, ...to].map((one) => Math.round(one));
  const [middle, half] = [Math.round((x + toX) / 2), Math.round((y + toY) / 2)];
  return across ? `M${x} ${y} C${middle} ${y} ${middle} ${toY} ${toX} ${toY}` : `M${x} ${y} C${x} ${half} ${toX} ${half} ${toX} ${toY}`;
}
