/** The broad signs of Chinese and Japanese input methods, each as the one that it stands for: as many characters, as the engine reads them. */

const BROAD = /[\uff01-\uff5e\u3000\u3002]/g;
const SHIFT = 0xfee0;
/** @type {Record<string, string>} */
const OWN = { "\u3000": " ", "\u3002": "." };

/** @param {string} text */
export const narrow = (text) => text.replace(BROAD, (sign) => OWN[sign] ?? String.fromCharCode(sign.charCodeAt(0) - SHIFT));
