/**
 * Building and changing nodes. Every setter compares first, so that repainting a picture that did not change costs nothing.
 */

const SVG = "http://www.w3.org/2000/svg";
/** What kind of node a text is. */
const TEXT = 3;

/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Attribute */
/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {Element} node
 * @param {Record<string, Attribute>} attrs  `onclick` and its like are listeners, `text` is the node's text, null leaves out
 * @param {Child[]} children
 */
function fill(node, attrs, children) {
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else if (name === "text") node.textContent = value === null || value === undefined ? "" : String(value);
    else set(node, name, value);
  }
  for (const child of children) if (child) node.append(child);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {Document} document
 * @param {K} tag
 * @param {Record<string, Attribute>} [attrs]
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(document, tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  fill(node, attrs, children);
  return node;
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {Document} document
 * @param {K} tag
 * @param {Record<string, Attribute>} [attrs]
 * @param {Child[]} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(document, tag, attrs = {}, ...children) {
  const node = /** @type {SVGElementTagNameMap[K]} */ (document.createElementNS(SVG, tag));
  fill(node, attrs, children);
  return node;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {Attribute} value  null, undefined and false take the attribute away, true sets it empty
 */
export function set(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

/** @param {HTMLElement} node @param {boolean} on */
export function hide(node, on) {
  if (node.hidden !== on) node.hidden = on;
}

/**
 * A node's only text is written over and not replaced: another text node would be laid out from nothing.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  const only = /** @type {Text | null} */ (node.firstChild);
  if (text && only?.nodeType === TEXT && only === node.lastChild) {
    if (only.data !== text) only.data = text;
  } else if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {boolean} on
 */
export function toggle(node, name, on) {
  if (node.classList.contains(name) !== on) node.classList.toggle(name, on);
}

const styled = /** @type {WeakMap<Element, Record<string, string>>} */ (new WeakMap());

/**
 * Browsers write colours back in another form than they were given, so what was set is remembered here and not read from the node.
 * @param {SVGElement | HTMLElement} node
 * @param {string} property
 * @param {string} value
 */
export function setStyle(node, property, value) {
  let known = styled.get(node);
  if (!known) styled.set(node, (known = {}));
  if (known[property] === value) return;
  known[property] = value;
  node.style.setProperty(property, value);
}

/**
 * @param {Element} node
 * @param {Child[]} children
 */
export function replace(node, ...children) {
  node.replaceChildren(...children.flatMap((child) => (child ? [child] : [])));
}
