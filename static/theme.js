/**
 * Before the first paint: whether the stage stands alone in another page; the theme and movement asked for last time, else the system's; and whether an experiment or the list of
 * lessons (or trainings) comes first, so that its scripts are fetched at once. A classic script, so that nothing flashes.
 */
(() => {
  const root = document.documentElement;
  /** @param {string} key */
  const remembered = (key) => {
    try {
      return localStorage.getItem(`unrolled.${key}`);
    } catch {
      return null;
    }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Where the system chooses the colours, its ground says which theme's numbers can be read on it.
  const forced = matchMedia("(forced-colors: active)").matches;
  root.dataset.theme = (forced ? null : remembered("theme")) ?? (dark ? "dark" : "light");
  root.dataset.motion = remembered("motion") ?? (still ? "none" : "full");
  if (/[?&]embed(?=[&=]|$)/.test(location.search)) {
    root.dataset.embed = "";
    const sheet = document.createElement("link");
    for (const [name, value] of Object.entries({ rel: "stylesheet", href: "static/css/embed.css", blocking: "render" })) sheet.setAttribute(name, value);
    document.head.append(sheet);
  }
  const home = /^#?$|^#train=/.test(location.hash);
  if (home) root.dataset.home = "";
  for (const link of document.querySelectorAll(`link[data-first="${home ? "home" : "stage"}"]`)) link.setAttribute("rel", "modulepreload");
})();
