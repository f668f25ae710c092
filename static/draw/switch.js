import { element, hide, set, setText } from "./dom.js";

/**
 * A row of words of which one is chosen.
 * @param {Document} document
 * @param {string[]} names
 * @param {(name: string) => void} choose
 */
export function choice(document, names, choose) {
  const node = element(document, "div", { class: "choices", role: "group" });
  const buttons = names.map((name) => {
    const button = element(document, "button", { type: "button", class: "choice", onclick: () => choose(name) });
    node.append(button);
    return { name, button };
  });
  return {
    node,
    /**
     * @param {string} chosen
     * @param {string} label
     * @param {(name: string) => string} say
     * @param {(name: string) => boolean} [offered]
     */
    paint(chosen, label, say, offered = () => true) {
      set(node, "aria-label", label);
      for (const { name, button } of buttons) {
        setText(button, say(name));
        hide(button, !offered(name));
        set(button, "aria-pressed", String(name === chosen));
      }
    },
  };
}
