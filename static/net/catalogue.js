/** The words of a part of the page that did not come with it. */

/**
 * @param {string} base  the address of the page
 * @param {string[]} languages
 * @param {string} name  the part's
 * @param {(address: URL) => Promise<{ok: boolean, status: number, json: () => Promise<any>}>} [ask]
 * @returns {Promise<Record<string, Record<string, string>>>}  by language; rejected when one is not there
 */
export async function catalogue(base, languages, name, ask = (address) => fetch(address)) {
  const found = languages.map(async (language) => {
    const address = new URL(`static/i18n/${language}/${name}.json`, base);
    const answer = await ask(address);
    if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
    return [language, await answer.json()];
  });
  return Object.fromEntries(await Promise.all(found));
}
