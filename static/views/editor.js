/** A cell's text to write in: coloured, with what is wrong under the words, and a short list of the language beside it. */

import { cellText, marked } from "../draw/celltext.js";
import { complete } from "../draw/completion.js";
import { differs } from "../draw/differs.js";
import { element, replace, set, setText, toggle } from "../draw/dom.js";
import { fixes, placeIn } from "../draw/fixes.js";
import { offers } from "../draw/offers.js";
import { over, pairAt } from "../draw/parentheses.js";
import { roleOf } from "../state/derive.js";
import { cellNames, editedCell, isEditing, textOf } from "../state/editing.js";
import { languageOf, pick, problemHint, problemText, say } from "../state/words.js";

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../state/store.js").Draft} Draft */
/** @typedef {import("../net/contract.js").Problem} Problem */

/** What the list shows besides functions and signs: an example, and the key of what is said of it. */
const LINES = [
  ["h = tanh(W @ x + b) : hidden state", "line"],
  ["# GRU", "comment"],
  ["x", "input"],
  ["h_prev", "previous"],
  ["h", "output"],
  ["W, U, b", "parameter"],
  ["alpha = 0.95", "constant"],
  ["y[outputs] = …", "size"],
  ["start b = 1", "start"],
];
const FAMILIES = ["simple", "lstm", "gru", "slow", "other"];
/** Letters that are measured to know how wide one is. */
const RULED = 10;

/** @param {HTMLElement} root @param {{store: import("../state/store.js").Store, actions: any, document: Document}} context */
export function editor(root, { store, actions, document }) {
  const title = element(document, "h1", { class: "lesson-title", id: "editor-title" });
  const close = element(document, "button", { type: "button", class: "quiet dialog-close", text: "×", onclick: () => actions.closeEditor() });
  const which = element(document, "select", { class: "editor-choice", onchange: () => actions.openEditor(which.value) });
  const from = element(document, "select", { class: "editor-choice", onchange: () => void begin(from.value) });
  const ink = element(document, "div", { class: "editor-ink", "aria-hidden": "true" });
  const text = element(document, "textarea", {
    class: "editor-text", wrap: "off", spellcheck: "false", autocapitalize: "off", autocomplete: "off", autocorrect: "off", translate: "no",
    "aria-describedby": "editor-said editor-problems",
    oninput: (/** @type {InputEvent} */ event) => {
      actions.write(text.value);
      offer(/^(insertText|insertCompositionText|deleteContentBackward)$/.test(event.inputType));
    },
    onbeforeinput: (/** @type {InputEvent} */ event) => {
      const far = pair && event.inputType === "insertText" && text.selectionStart === text.selectionEnd ? over(text.value, text.selectionStart, event.data ?? "", pair) : null;
      if (far === null) return;
      event.preventDefault();
      text.setSelectionRange(text.selectionStart + far, text.selectionStart + far);
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (!names.key(event) && event.key === "Escape" && !event.isComposing) text.blur();
    },
    onblur: () => names.hide(),
    onpointerdown: () => names.hide(),
  });
  const names = offers(document, text, { id: "editor-offers", take: (name) => take(name) });
  // As wide as ten letters of the text.
  const ruler = element(document, "span", { class: "editor-ruler", "aria-hidden": "true", text: "0".repeat(RULED) });
  const sheet = element(document, "div", { class: "editor-field", onscroll: () => names.hide() }, element(document, "div", { class: "editor-sheet" }, ink, text, ruler), names.list);
  const said = element(document, "p", { class: "editor-said", id: "editor-said" });
  const problems = element(document, "ul", { class: "editor-problems", id: "editor-problems", "aria-live": "polite" });
  const back = element(document, "button", { type: "button", class: "quiet link-button", onclick: () => actions.dropDraft() });
  const copy = element(document, "button", { type: "button", class: "quiet link-button", onclick: () => actions.copyLink() });
  const foot = element(document, "p", { class: "aside-text editor-foot" });
  const summary = element(document, "summary");
  const list = element(document, "div", { class: "editor-list" });
  const words = element(document, "details", { class: "editor-language", open: true }, summary, list);
  replace(root,
    element(document, "div", { class: "editor-head" }, title, close),
    element(document, "div", { class: "editor-choices" }, which, from), sheet, said, problems, foot, words);
  set(root, "aria-labelledby", "editor-title");

  const state = () => /** @type {State} */ (store.get());

  /** @param {string} name */
  const begin = async (name) => {
    from.value = "";
    if (name === "") return;
    const found = name === ":blank" ? say(state(), "editor.skeleton") : await actions.libraryText(name);
    if (found === null) return;
    put(0, text.value.length, found);
    text.setSelectionRange(0, 0);
  };

  /** As if it were typed: the browser's own undo takes it back. @param {number} start @param {number} end @param {string} words */
  const put = (start, end, words) => {
    text.focus();
    text.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, words)) {
      text.setRangeText(words, start, end, "end");
      actions.write(text.value);
    }
  };

  /** @type {ReturnType<typeof complete>} */
  let possible = null;
  /** The parentheses that were put last. @type {import("../draw/parentheses.js").Pair | null} */
  let pair = null;
  /** Names that may stand where the caret is. @param {boolean} typing */
  const offer = (typing) => {
    const { functions = [], starts = [] } = state().vocabulary ?? {};
    const caret = text.selectionStart;
    possible = typing && caret === text.selectionEnd ? complete(text.value, caret, { functions: functions.map(({ name }) => name), starts }) : null;
    if (!possible) return names.hide();
    const above = text.value.slice(0, possible.from).split("\n");
    const line = ink.children[above.length - 1]?.getBoundingClientRect();
    if (!line) return names.hide();
    const place = { x: line.left + ((above.at(-1)?.length ?? 0) * ruler.getBoundingClientRect().width) / RULED, y: line.bottom };
    names.show(possible.options.map(({ text: name, kind }) => ({ text: name, said: say(state(), `editor.offer.${kind}`) })), possible.written, place);
  };

  /** A function is written with its parentheses, and what it is taken of goes between them. @param {string} name */
  const take = (name) => {
    if (!possible) return;
    const { from, to, options } = possible;
    const opens = options.find((option) => option.text === name)?.kind === "function" && text.value[to] !== "(";
    put(from, to, opens ? `${name}()` : name);
    if (!opens) return;
    text.setSelectionRange(from + name.length + 1, from + name.length + 1);
    pair = pairAt(text.value, from + name.length);
  };

  /** @param {State} now */
  const known = (now) => {
    const layer = now.network.layers.find(({ program }) => program === editedCell(now));
    const program = layer && now.network.programs[layer.program];
    const names = program?.values.map(({ name }) => name) ?? [];
    const roles = Object.fromEntries(names.map((name) => [name, roleOf(now, `${layer?.address}.${name}`)]));
    for (const name of Object.keys(program?.constants ?? {})) roles[name] = "constant";
    return { functions: now.vocabulary?.functions.map(({ name }) => name) ?? [], starts: now.vocabulary?.starts ?? [], roles };
  };

  /** Problems whose line is still as it was when they were found. @param {Draft | null} draft @param {string} shown */
  const current = (draft, shown) => {
    const [checked, lines] = [draft?.checked.split("\n") ?? [], shown.split("\n")];
    return (draft?.problems ?? []).filter(({ where }) => !where?.line || checked[where.line - 1] === lines[where.line - 1]);
  };

  /** @param {State} now @param {string} shown @param {Problem[]} found */
  const colour = (now, shown, found) => {
    replace(ink, ...cellText(shown, known(now)).map((pieces, index) => {
      const marks = found.filter(({ where }) => where?.line === index + 1).map(({ where }) => {
        const start = where?.start ?? 0;
        return { start, end: Math.max(where?.end ?? 0, start + 1) };
      });
      const inside = marked(pieces, marks).map((piece) => element(document, "span", {
        class: `ink-${piece.kind}${piece.marked ? " is-wrong" : ""}${piece.role ? " in-role" : ""}`, "data-role": piece.role, text: piece.text,
      }));
      return element(document, "div", { class: marks.length ? "editor-line has-problem" : "editor-line" }, ...inside, inside.length ? null : "\u200b");
    }));
  };

  /** @param {State} now @param {string} shown @param {Problem[]} found */
  const tell = (now, shown, found) => replace(problems, ...found.map((problem) => {
    const line = problem.where?.line;
    const offered = fixes(problem, shown);
    const hint = problem.args.suggestion ? "" : problemHint(now, problem);
    const place = line ? placeIn(shown, { line, start: problem.where?.start ?? 0, end: problem.where?.end ?? 0 }) : null;
    return element(document, "li", { class: "editor-problem" },
      place && element(document, "button", {
        type: "button", class: "quiet editor-place", text: say(now, "editor.line", { line: line ?? 0 }),
        onclick: () => {
          text.focus();
          text.setSelectionRange(place.from, place.to);
        },
      }),
      element(document, "span", { class: "editor-sentence", text: problemText(now, problem) }), say(now, "page.gap"),
      offered.length > 0 && element(document, "span", { class: "editor-fixes" },
        problem.args.suggestion ? `${say(now, "language.did-you-mean")} ` : null,
        ...offered.map((fix) => element(document, "button", {
          type: "button", class: "editor-fix", text: fix.text, "aria-label": say(now, "editor.fix", { text: fix.text }),
          onclick: () => {
            const { from: start, to: end } = placeIn(text.value, fix);
            put(start, end, fix.text);
          },
        }))),
      hint && element(document, "span", { class: "editor-hint", text: hint }));
  }));

  /** @param {State} now */
  const languageList = (now) => {
    const row = (/** @type {string} */ example, /** @type {string} */ key, /** @type {string} */ insert) => element(document, "div", { class: "editor-entry" },
      element(document, "button", {
        type: "button", class: "editor-example", translate: "no", text: example,
        onclick: () => put(text.selectionStart, text.selectionEnd, insert),
      }),
      element(document, "span", { text: say(now, key) }));
    const { functions = [], signs = [] } = now.vocabulary ?? {};
    replace(list,
      ...LINES.map(([example, key]) => row(example, `language.list.${key}`, example.replace("…", ""))),
      ...signs.map((sign) => row(sign, `language.sign.${sign}`, ` ${sign} `)),
      ...functions.map(({ name, written }) => row(written, `language.function.${name}`, written)));
  };

  /** @param {State} now */
  const choices = (now) => {
    const names = cellNames(now);
    which.hidden = names.length < 2;
    replace(which, ...names.map((name) => element(document, "option", { value: name, text: now.network.programs[name]?.title ?? name })));
    which.value = editedCell(now);
    set(which, "aria-label", say(now, "editor.which"));
    set(from, "aria-label", say(now, "editor.from"));
    const groups = FAMILIES.flatMap((family) => {
      const own = (now.cells ?? []).filter((cell) => cell.family === family);
      return own.length ? [element(document, "optgroup", { label: say(now, `menu.${family}`) },
        ...own.map((cell) => element(document, "option", { value: cell.name, text: pick(now, cell.title) })))] : [];
    });
    replace(from, element(document, "option", { value: "", text: say(now, "editor.from") }), element(document, "option", { value: ":blank", text: say(now, "editor.blank") }), ...groups);
  };

  const [listed, chosen, written] = [differs(), differs(), differs()];
  let open = false;
  const draw = () => {
    const now = state();
    root.hidden = !isEditing(now);
    if (root.hidden) {
      open = false;
      return;
    }
    if (!open) {
      open = true;
      void actions.listCells();
      void actions.beginWriting();
      // Who asked for it writes at once; who came by a link looks first.
      if (document.defaultView?.navigator.userActivation?.hasBeenActive) text.focus({ preventScroll: true });
    }
    const { draft } = now;
    const shown = draft?.text ?? textOf(now, editedCell(now));
    if (text.value !== shown) text.value = shown;
    const found = current(draft, shown);
    setText(title, say(now, "editor.title"));
    set(close, "aria-label", say(now, "editor.close"));
    set(text, "aria-label", say(now, "editor.text"));
    names.name(say(now, "editor.offers"));
    set(text, "aria-invalid", found.length ? "true" : null);
    setText(said, say(now, found.length ? "editor.faulty" : draft ? "editor.checking" : "editor.runs"));
    toggle(said, "is-faulty", found.length > 0);
    setText(back, say(now, "editor.back"));
    setText(copy, say(now, "editor.copy"));
    replace(foot, draft && found.length ? back : copy);
    setText(summary, say(now, "editor.language"));
    if (chosen(now.cells, now.network, languageOf(now))) choices(now);
    if (listed(now.vocabulary, languageOf(now), now.words)) languageList(now);
    if (written(shown, draft?.problems, draft?.checked, now.network, now.vocabulary, languageOf(now))) {
      colour(now, shown, found);
      tell(now, shown, found);
    }
  };
  draw();
  const stop = store.watch(["experiment", "network", "draft", "vocabulary", "cells", "preferred", "words", "status"], draw);
  return {
    destroy() {
      stop();
      replace(root);
    },
  };
}
