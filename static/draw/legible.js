/**
 * How large a drawing's words are in the room it has, and how small the drawing may be before it scrolls.
 */

import { clamp } from "./scale.js";

/** @typedef {import("./layouts.js").Drawing} Drawing */
/** @typedef {{width: number, height: number}} Room */

/** The size of small type, in pixels, for which the drawings are made. */
const DRAWN = 12.5;
/** The scale at which it can just be read, and that at which nobody has to try; the most that larger type may ask of its room, and that it grows between what stands where it stands. */
const READABLE = 0.9;
const EASY = 1;
const MOST_ENLARGED = { room: 1.25, words: 1.32 };
const TURNS = 4;
/** Smaller than this share of its natural size a drawing scrolls instead. */
const LEAST = { drawn: 0.62, full: 0.54 };
/** A wall magnifies all of it: there it may be so much smaller. */
const WALL = 0.87;

/** How much larger the theme's small type is than that for which drawings are made, and by what that of a small window is made as large. @param {Element} small  something written in it */
export function typeOf(small) {
  const own = parseFloat(getComputedStyle(small).fontSize) / DRAWN || 1;
  return { theme: Math.max(1, own), made: Math.max(1, 1 / own) };
}

/** How much larger type has to be so that it can be read. @param {number} scale  of the drawing in its room @param {number} [readable]  the scale at which it need not be @param {number} [most] */
export function enlargedAt(scale, readable = READABLE, most = MOST_ENLARGED.words) {
  return clamp(readable / scale, 1, most);
}

/**
 * A drawing with room for the words as large as they will be in it.
 * @param {(type: number) => Drawing | null} drawn  by how much larger the words are than in the page; without a `type` of its own it has one size for all
 * @param {Room} room
 * @param {number} theme  how much larger the theme's type is
 * @returns {{paper: Drawing | null, enlarged: number | null}}  `enlarged`: beyond the theme's type; null where that is to be seen from the scale
 */
export function legible(drawn, room, theme) {
  let paper = drawn(theme);
  if (!paper?.type) return { paper, enlarged: null };
  let type = theme;
  // What makes room for larger words is larger itself.
  for (let turn = 0; turn < TURNS && paper?.type; turn++) {
    const scale = Math.min(room.width / paper.width, room.height / paper.height);
    const wanted = Math.max(theme, enlargedAt(scale, paper.readable ?? (paper.least ? paper.least * type : EASY), MOST_ENLARGED.room));
    if (wanted <= type) break;
    type = wanted;
    paper = drawn(type);
  }
  return { paper, enlarged: type / theme };
}

/** The least room that a drawing takes: somewhat less where it is whole in the room it has, or has to be drawn in one direction only. @param {Drawing} paper @param {Room} room @param {boolean} [wall] @returns {Room} */
export function leastOf({ width, height, full, least = full ? LEAST.full : LEAST.drawn, tight = least }, room, wall = false) {
  const lowest = tight * (wall ? WALL : 1);
  const [across, down] = [room.width / width, room.height / height];
  const fitting = [Math.min(across, down), across].find((scale) => scale >= lowest) ?? least;
  if (fitting < least) return { width: Math.floor(width * fitting), height: Math.floor(height * fitting) };
  return { width: Math.round(width * least), height: Math.round(height * least) };
}
