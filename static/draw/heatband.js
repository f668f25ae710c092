/** Numbers as a band of colour, a column for each step and a row for each unit, on a canvas that is as large as its place. */

import { layer } from "./layer.js";
import { paletteOf } from "./palette.js";
import { picture } from "./picture.js";
import { room } from "./room.js";

/** @typedef {{data: ArrayLike<number>, steps: number, units: number}} Band */

/** A matrix of rows, turned so that its rows are units. @param {ArrayLike<number>} data @param {number[]} shape @returns {Band} */
export function ofMatrix(data, shape) {
  const [units, steps] = [shape[0] ?? 1, shape.length > 1 ? shape[1] : 1];
  const turned = new Float32Array(units * steps);
  for (let unit = 0; unit < units; unit++) {
    for (let step = 0; step < steps; step++) turned[step * units + unit] = data[unit * steps + step];
  }
  return { data: turned, steps, units };
}

/** A range of colours that seldom changes: the next of 1, 2, 5 times a power of ten. @param {ArrayLike<number>} data @param {number} [least] */
export function boundOf(data, least = 0) {
  let most = least;
  for (let at = 0; at < data.length; at++) {
    const size = Math.abs(data[at]);
    if (size > most && size !== Infinity) most = size;
  }
  if (most === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return unit * ([1, 2, 5, 10].find((factor) => factor * unit >= most * (1 - 1e-9)) ?? 10);
}

/** @param {Document} document @param {string} name  its class */
export function heatBand(document, name) {
  const paper = layer(document, `heat-band ${name}`);
  const own = picture(document);
  /** @type {[Band, import("./palette.js").Scale, number] | null} */
  let last = null;
  const size = room(paper.node, () => last && paint(...last));

  /** @param {Band} band @param {import("./palette.js").Scale} scale @param {number} bound */
  function paint(band, scale, bound) {
    last = [band, scale, bound];
    const { width, height } = size;
    if (width < 1 || height < 1) return;
    paper.resize(width, height);
    own.update({ ...band, first: 1 }, scale, bound, paletteOf(document));
    paper.context.clearRect(0, 0, width, height);
    own.paint(paper.context, { x: 0, y: 0, width, height });
  }
  return { node: paper.node, paint, stop: size.stop };
}
