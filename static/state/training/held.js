/** Settings as links. What is too long for one the tab holds, so that a reload has it even before the first record is kept. */

import { cutOf, readLink, writeLink } from "./link.js";

/** @typedef {import("./settings.js").Given} Given */

const KEY = "unrolled.training";

/** @param {() => Storage} [storage]  asked each time: some frames refuse to be asked */
export function createHeld(storage = () => sessionStorage) {
  /** @param {string} link @returns {Given[] | null} what this very link stood for */
  const find = (link) => {
    try {
      const [own, all] = JSON.parse(storage().getItem(KEY) ?? "[]");
      return own === link ? all : null;
    } catch {
      return null;
    }
  };

  return {
    /** @param {Given[]} all @returns {string} */
    write(all) {
      const link = writeLink(all);
      try {
        if (cutOf(link).length > 0) storage().setItem(KEY, JSON.stringify([link, all]));
      } catch {
        // Without storage the page says what the link had left out.
      }
      return link;
    },
    /** @param {string} link @returns {{all: Given[] | null, cut: string[]}} null: it cannot be read; `cut`: what it had left out and nobody holds */
    read(link) {
      const cut = cutOf(link);
      const held = cut.length > 0 ? find(link) : null;
      return held ? { all: held, cut: [] } : { all: readLink(link), cut };
    },
  };
}
