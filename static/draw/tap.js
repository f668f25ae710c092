/**
 * A round valve with two sides: a disc that is parted where the shares meet, what is kept on the right and what is written on the left.
 */

import { set, setText, svg, toggle } from "./dom.js";

let made = 0;

/**
 * @param {Document} document
 * @param {SVGGElement} node
 * @param {{ring: number, disc: number, share: "kept" | "written", turned: boolean}} how  two radii; `share`: which of the two is the opening; `turned`: what is kept is on the left
 */
export function tap(document, node, { ring, disc, share, turned }) {
  const id = `tap-${(made += 1)}`;
  const half = svg(document, "rect", { class: "half", y: -disc, height: 2 * disc, "clip-path": `url(#${id})` });
  const text = svg(document, "text", { class: "figure", y: 5.5, "font-size": 15.5 });
  node.append(
    svg(document, "clipPath", { id }, svg(document, "circle", { r: disc })),
    svg(document, "circle", { class: "ring", r: ring }), svg(document, "circle", { class: "rest", r: disc }), half, text,
  );
  return {
    full: false,
    /** @param {import("./places.js").PlacePaint} paint */
    paint({ value, known }) {
      const opening = known ? Math.min(1, Math.max(0, value(0) || 0)) : 0;
      const width = 2 * disc * opening;
      set(half, "x", ((share === "kept") !== turned ? disc - width : -disc).toFixed(2));
      set(half, "width", width.toFixed(2));
      setText(text, known ? "" : "?");
      toggle(node, "is-hidden", !known);
    },
  };
}
