/** A canvas that remembers what was drawn on it, for the tests of static/draw. */

import { document as paper } from "./paper.js";

function context() {
  const calls = [];
  const known = {
    calls,
    createImageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
    getImageData: () => null,
  };
  return new Proxy(known, {
    get: (target, name) => (name in target ? target[name] : (...args) => void calls.push([name, ...args])),
    set: (target, name, value) => {
      target[name] = value;
      return true;
    },
  });
}

export const document = {
  ...paper,
  defaultView: { devicePixelRatio: 2 },
  createElement(tag) {
    const node = paper.createElement(tag);
    if (tag === "canvas") {
      const own = context();
      node.getContext = () => own;
    }
    return node;
  },
};
