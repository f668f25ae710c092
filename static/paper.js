/** What is printed is light and all of the page, whatever the screen shows of it. */

/** @param {Document} document @param {() => void} back  gives the screen its own theme again */
export function watchPaper(document, back) {
  const { documentElement: root, defaultView: window } = document;
  const link = document.createElement("link");
  for (const [name, value] of Object.entries({ rel: "stylesheet", media: "print", href: "static/css/paper.css" })) link.setAttribute(name, value);
  document.head.append(link);
  window?.addEventListener("beforeprint", () => void (root.dataset.theme = "light"));
  window?.addEventListener("afterprint", back);
}
