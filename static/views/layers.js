/** Whose inside is shown, in the cell's head, where there are several layers or two directions. */

import { differs } from "../draw/differs.js";
import { layerPicker, layerText } from "../draw/layerpicker.js";
import { numbersOf } from "../draw/numbers.js";
import { belowLabel, isHidden, isReversed, isStacked, mainLayer } from "../state/derive.js";
import { layerNames } from "../state/layernames.js";
import { languageOf, say } from "../state/words.js";

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function layers(root, { store, actions, document }) {
  const picker = layerPicker(document, root, (address) => actions.setLayer(address));
  const changed = differs();
  const draw = () => {
    const state = store.get();
    const chosen = mainLayer(state)?.address;
    const { step } = state.experiment;
    const hidden = isHidden(state, step);
    if (!chosen || !isStacked(state) || !changed(state.network, state.values, chosen, step, hidden, languageOf(state))) return;
    const text = layerText({
      step, hidden, reversed: isReversed(state, chosen), below: belowLabel(state, `${chosen}.x`), say: (key, values) => say(state, key, values),
    }, numbersOf(state, chosen));
    picker.paint({ layers: layerNames(state), chosen, label: say(state, "layers.title"), text });
  };
  const stop = store.watch(["setting", "network", "values", "predictions", "preferred"], draw);
  draw();
  return { destroy: stop };
}
