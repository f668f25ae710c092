/** In a frame of another page: says how high the stage is, so that the frame can be made as high. */

/**
 * Posts `{type: "unrolled:height", height}` (CSS pixels) at the start and whenever the height changes.
 * @param {Window & {ResizeObserver: typeof ResizeObserver}} window
 * @returns {() => void} ends it
 */
export function reportHeight(window) {
  const { body } = window.document;
  const target = parentOrigin(window);
  let told = 0;
  const tell = () => {
    const height = Math.ceil(body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    window.parent.postMessage({ type: "unrolled:height", height }, target);
  };
  const watcher = new window.ResizeObserver(tell);
  watcher.observe(body);
  tell();
  return () => watcher.disconnect();
}

/** Where the embedding page is from, as far as the browser tells; a height is no secret, so else it is told to any. @param {Window} window */
function parentOrigin({ location, document }) {
  const known = location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : "null");
  return known === "null" ? "*" : known;
}
