/** The words that belong to this step: what to notice, what to predict, what to try. */

import { element, hide, set, setText, toggle } from "../draw/dom.js";
import { beside, number } from "../draw/format.js";
import { typed } from "../draw/field.js";
import { insert } from "../draw/markup.js";
import { answeredPrediction, beat, beatAfter, direction, openPrediction, roleOf, steps, truthOf } from "../state/derive.js";
import { pick, say } from "../state/words.js";

/** So wide a text takes two lines on a wall; a Chinese character is twice as wide as a letter. */
const BRIEF = 190;

/** @typedef {import("../state/store.js").State} State */
/** @typedef {import("../net/contract.js").Prediction} Prediction */

/** @param {HTMLElement} root @param {{store: any, actions: any, document: Document}} context */
export function lesson(root, { store, actions, document }) {
  const state = () => /** @type {State} */ (store.get());
  const eyebrow = element(document, "p", { class: "eyebrow" });
  const title = element(document, "h1", { class: "lesson-title" });
  const text = element(document, "div", { class: "lesson-text" });
  const card = element(document, "section", { class: "predict", hidden: true });
  const tryHead = element(document, "p", { class: "eyebrow" });
  const tryText = element(document, "div", { class: "lesson-text lesson-try" });
  const tryPart = element(document, "div", { class: "lesson-part" }, tryHead, tryText);
  const changed = element(document, "p", { class: "aside-text lesson-changed" });
  const changedText = element(document, "span");
  const changedReset = element(document, "button", { type: "button", class: "quiet link-button", onclick: () => actions.reset() });
  const gap = element(document, "span");
  changed.append(changedText, gap, changedReset);
  const note = element(document, "p", { class: "aside-text lesson-note" });
  const introHead = element(document, "summary", { class: "aside-text" });
  const introText = element(document, "div", { class: "lesson-text" });
  const intro = element(document, "details", { class: "lesson-about" }, introHead, introText);
  const back = element(document, "button", { type: "button", class: "quiet", onclick: () => turn(() => actions.onward(-1)) });
  const place = element(document, "span", { class: "aside-text" });
  const next = element(document, "button", { type: "button", class: "quiet lesson-next", onclick: () => turn(onward) });
  /** On a phone the words begin far above what is pressed. @param {() => void} page */
  const turn = (page) => {
    page();
    eyebrow.scrollIntoView({ block: "nearest" });
  };
  const pages = element(document, "nav", { class: "lesson-pages" }, back, place, next);
  // What is drawn has a view of its own, which is loaded when it is first wanted.
  const curve = element(document, "div", { class: "curve", "data-view": "curve" });
  root.append(eyebrow, title, text, card, tryPart, changed, note, intro, pages);

  /** A vector is not broken over two lines, nor a product, nor what something is multiplied by. @param {Node} node */
  const hold = (node) => {
    if (node.nodeType === 3 && node.nodeValue) {
      const held = node.nodeValue.replace(/\[[^[\]]{1,40}\]|× \d| · /g, (vector) => vector.replace(/ /g, "\u00a0"));
      if (held !== node.nodeValue) node.nodeValue = held;
    }
    node.childNodes.forEach(hold);
  };

  /** Symbols in the text have the colour that they have in the picture. @param {HTMLElement} node @param {string} html */
  const write = (node, html) => {
    insert(node, html);
    hold(node);
    for (const symbol of /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll("[data-name]"))) {
      symbol.classList.add("in-role");
      const name = symbol.dataset.name ?? "";
      set(symbol, "data-role", name.includes("∂") ? "gradient" : roleOf(state(), name));
    }
  };

  let shown = "";
  let told = "";
  const draw = () => {
    const now = state();
    // A cell of the library, or a network of one's own, has a guide instead.
    hide(root, now.lesson === null);
    if (root.hidden) return;
    const found = beat(now);
    const own = now.lesson;
    const leftward = direction(now) === "backward";
    const step = now.experiment.step;
    setText(eyebrow, say(now, leftward ? "lesson.step-backward" : "lesson.step", { step, count: steps(now) }));
    setText(title, found ? pick(now, found.title) : own ? pick(now, own.title) : say(now, "header.own"));
    const html = found ? pick(now, found.text) : own ? pick(now, own.introduction) : "";
    const attempt = found?.try ? pick(now, found.try) : "";
    const key = `${html}|${attempt}|${leftward}`;
    if (key !== shown) {
      shown = key;
      write(text, html);
      write(tryText, attempt);
      // Going backward what is said of the whole lesson does not take the place of where a gradient comes from.
      toggle(text, "is-brief", (!leftward || found !== null) && widthOf(text.textContent ?? "") <= BRIEF);
      if (root.parentElement) root.parentElement.scrollTop = 0;
    }
    setText(tryHead, say(now, "lesson.try"));
    // What is to be tried comes after what is asked, and may need what is hidden until then.
    tryPart.hidden = attempt === "" || openPrediction(now) !== null;
    changed.hidden = !now.changed;
    const waits = now.changed && found?.prediction && !(found.prediction.id in now.predictions);
    setText(changedText, say(now, waits ? "lesson.changed-asks" : "lesson.changed"));
    setText(gap, say(now, "page.gap"));
    setText(changedReset, say(now, "lesson.reset"));
    const remark = own?.view.note ? pick(now, own.view.note) : "";
    setText(note, remark);
    // A remark on the whole sequence may hold what is asked for.
    note.hidden = remark === "" || openPrediction(now) !== null;
    const about = own ? pick(now, own.introduction) : "";
    intro.hidden = about === "" || !found;
    setText(introHead, say(now, "lesson.about"));
    if (about !== told) {
      told = about;
      write(introText, about);
    }
    drawCard(now);
    drawPages(now);
  };

  /** The lesson that comes after this one, where this one has no more to say. @param {State} now */
  const lessonAfter = (now) => (beatAfter(now, 1) ? undefined : now.lessons[now.lessons.findIndex(({ id }) => id === now.lesson?.id) + 1]);
  const onward = () => {
    const after = lessonAfter(state());
    if (after) actions.openLesson(after.id);
    else actions.onward(1);
  };

  /** Which of the lesson's beats this is. @param {State} now */
  const drawPages = (now) => {
    const all = now.lesson?.beats ?? [];
    const found = beat(now);
    pages.hidden = all.length < 2 || !found;
    if (!found) return;
    set(pages, "aria-label", say(now, "lesson.pages"));
    setText(back, say(now, "lesson.back"));
    setText(place, say(now, "lesson.page", { page: all.indexOf(found) + 1, count: all.length }));
    const after = lessonAfter(now);
    setText(next, say(now, after ? "lesson.after" : "lesson.next"));
    back.disabled = beatAfter(now, -1) === null;
    next.disabled = !after && beatAfter(now, 1) === null;
  };

  let drawn = "";
  /** The question that was open here: its answer is news until the words go on. */
  let asked = "";
  /** @param {State} now */
  const drawCard = (now) => {
    const open = openPrediction(now);
    const done = open ? null : answeredPrediction(now);
    const prediction = open ?? done;
    card.hidden = prediction === null;
    if (!prediction) {
      drawn = asked = "";
      return;
    }
    // What is being typed outlives another language.
    const before = open?.id === asked ? card.querySelector("input") : null;
    const past = beat(now)?.prediction?.id !== prediction.id;
    asked = open ? open.id : past ? "" : asked;
    toggle(card, "is-past", past);
    toggle(card, "is-fresh", !open && asked === prediction.id);
    const truth = truthOf(now, prediction);
    const key = JSON.stringify([prediction.id, open !== null, now.experiment.language, now.preferred, open ? 0 : String(truth), now.predictions[prediction.id]]);
    if (key === drawn) return;
    drawn = key;
    const question = element(document, "div", { class: "predict-question" });
    write(question, pick(now, prediction.question));
    toggle(card, "is-open", open !== null);
    toggle(card, "is-drawn", Boolean(prediction.curve));
    card.replaceChildren(
      element(document, "p", { class: "predict-head", text: say(now, open ? "predict.head" : "predict.done") }),
      question,
      ...(open ? asking(now, prediction, before) : telling(now, prediction, truth)),
    );
  };

  /** @param {State} now @param {Prediction} prediction @param {HTMLInputElement | null} before  where the same was asked until now */
  const asking = (now, prediction, before) => {
    const { choices } = prediction;
    const skip = element(document, "button", {
      type: "button", class: "quiet link-button", text: say(now, "predict.skip"), onclick: () => actions.answer(prediction.id, null),
    });
    if (prediction.curve) return [curve, other(now, "predict.or-skip", { skip })];
    const input = element(document, "input", {
      class: "predict-input number", type: "text", inputmode: "text", autocomplete: "off",
      "aria-label": say(now, "predict.type-label"), placeholder: say(now, "predict.type-label"),
    });
    input.value = before?.value ?? "";
    input.hidden = choices !== null && (before?.hidden ?? true);
    const send = () => {
      const value = typed(input.value);
      set(input, "aria-invalid", value === null ? "true" : null);
      if (value === null) actions.say("notice.type-number");
      else actions.answer(prediction.id, value);
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") send();
      if (event.key === "Escape") input.blur();
    });
    const type = element(document, "button", {
      type: "button", class: "quiet link-button", text: say(now, "predict.type"),
      onclick: () => {
        input.hidden = false;
        input.focus();
      },
    });
    return [
      choices && element(document, "div", { class: "predict-choices", role: "group", "aria-label": say(now, "predict.choices") },
        ...choices.map((value) => element(document, "button", {
          type: "button", class: "predict-choice number", text: number(value), onclick: () => actions.answer(prediction.id, value),
        }))),
      input,
      other(now, choices ? "predict.or-type" : "predict.or-skip", { type, skip }),
    ].flatMap((node) => (node ? [node] : []));
  };

  /** What else can be done. @param {State} now @param {string} key @param {Record<string, Node>} buttons */
  const other = (now, key, buttons) => element(document, "p", { class: "aside-text predict-other" }, ...around(say(now, key), buttons));

  /** @param {State} now @param {Prediction} prediction @param {number | undefined} truth */
  const telling = (now, prediction, truth) => {
    const { answer } = now.predictions[prediction.id];
    const right = typeof answer === "number" && truth !== undefined && close(answer, truth, prediction.tolerance);
    const why = element(document, "div", { class: "predict-why" });
    write(why, pick(now, prediction.why));
    const skipped = answer === null && element(document, "p", { class: "aside-text", text: say(now, "predict.skipped") });
    if (prediction.curve) return [skipped, curve, why].flatMap((node) => (node ? [node] : []));
    const rows = [
      typeof answer !== "number"
        ? skipped || ""
        : element(document, "p", { class: "predict-answer", "data-right": String(right) },
          element(document, "span", { text: say(now, "predict.yours") }),
          element(document, "b", { class: "number", text: number(answer) }),
          truth !== undefined && element(document, "span", { class: "predict-verdict", text: say(now, right ? "predict.right" : "predict.wrong") })),
      element(document, "p", { class: "predict-answer" },
        element(document, "span", { text: say(now, "predict.truth") }),
        element(document, "b", { class: "number", text: truth === undefined ? "…" : beside(truth, prediction.choices ?? []) })),
    ];
    return [...rows, why];
  };

  draw();
  const stop = store.watch(["experiment", "lesson", "cell", "values", "pictures", "predictions", "changed", "preferred"], draw);
  return {
    destroy() {
      stop();
      root.replaceChildren();
    },
  };
}

/** A sentence with buttons in it. @param {string} text @param {Record<string, Node>} buttons by their placeholders */
function around(text, buttons) {
  return text.split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? buttons[piece] : piece));
}

/** @param {number} answer @param {number} truth @param {number} tolerance */
function close(answer, truth, tolerance) {
  return Math.abs(answer - truth) <= tolerance * Math.max(1, Math.abs(truth));
}

/** @param {string} text */
function widthOf(text) {
  return text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
}
