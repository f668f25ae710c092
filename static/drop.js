/** Files that are dragged over the page, wherever: it says that it takes them, and takes one. */

/**
 * @param {Document} document
 * @param {{said: () => string, taken: (file: File) => void}} page
 */
export function watchDrop(document, { said, taken }) {
  const { body } = document;
  const carries = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const leave = () => body.removeAttribute("data-drop");
  for (const kind of /** @type {const} */ (["dragenter", "dragover"])) {
    document.addEventListener(kind, (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      body.dataset.drop = said();
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) leave();
  });
  document.addEventListener("drop", (event) => {
    leave();
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    taken(file);
  });
}
