import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { gate, gradient, onGradient, onSigned, role, signed } from "../../../static/draw/colour.js";

const SHEET = readFileSync(new URL("../../../static/css/tokens.css", import.meta.url), "utf-8");
/** Colours of a theme by token: the light one's where it has none of its own. */
const block = (selector) => Object.fromEntries(
  SHEET.split("\n}").filter((rules) => rules.includes(`${selector} {`)).flatMap((rules) => [...rules.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex])),
);
const THEMES = {
  light: block(":root"),
  dark: { ...block(":root"), ...block(':root[data-theme="dark"]') },
  projector: { ...block(":root"), ...block(':root[data-theme="projector"]') },
};
/** How machines of the eye differ, on linear light (Machado, Oliveira & Fernandes 2009, severity 1). */
const EYES = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const SHARES = Array.from({ length: 101 }, (_, index) => index / 100);

const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * vector[index], 0));
const clipped = (vector) => vector.map((value) => Math.min(1, Math.max(0, value)));
const linear = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
const TO_CONES = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]];
const TO_LAB = [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]];
const FROM_LAB = [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.291485548]];
const FROM_CONES = [[4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965], [-0.0041960863, -0.7034186147, 1.707614701]];
const oklab = (light) => times(TO_LAB, times(TO_CONES, light).map(Math.cbrt));
const light = (lab) => clipped(times(FROM_CONES, times(FROM_LAB, lab).map((value) => value ** 3)));
const luminance = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
/** What a browser makes of an expression of draw/colour.js, as linear light. */
const shown = (expression, tokens) => {
  const mixed = /^color-mix\(in oklab, var\((--[\w-]+)\) (\d+)%, var\((--[\w-]+)\)\)$/.exec(expression);
  if (!mixed) return linear(tokens[/var\((--[\w-]+)\)/.exec(expression)[1]]);
  const [from, to] = [tokens[mixed[3]], tokens[mixed[1]]].map((hex) => oklab(linear(hex)));
  return light(from.map((value, index) => value + (to[index] - value) * (mixed[2] / 100)));
};

for (const [theme, tokens] of Object.entries(THEMES)) {
  const least = theme === "projector" ? 7 : 4.5;

  test(`digits can be read on every value in the ${theme} theme`, () => {
    for (const share of SHARES.flatMap((value) => [value, -value])) {
      const found = contrast(shown(signed(share), tokens), shown(onSigned(share), tokens));
      assert.ok(found >= least, `${share}: ${found.toFixed(2)}`);
    }
  });

  test(`digits can be read on every gradient in the ${theme} theme`, () => {
    for (const share of SHARES) {
      const found = contrast(shown(gradient(share), tokens), shown(onGradient(share), tokens));
      assert.ok(found >= 4.5, `${share}: ${found.toFixed(2)}`);
    }
  });

  for (const [eye, matrix] of Object.entries(EYES)) {
    test(`more open gates are never taken for less open ones: ${eye}, ${theme}`, () => {
      const seen = SHARES.map((share) => luminance(clipped(times(matrix, shown(gate(share), tokens)))));
      const way = Math.sign(seen.at(-1) - seen[0]);
      // Rounded to whole per cents two neighbours may be one colour; a tenth is always seen.
      for (let at = 1; at < seen.length; at += 1) assert.ok((seen[at] - seen[at - 1]) * way > 0, String(SHARES[at]));
      for (let at = 10; at < seen.length; at += 10) {
        const [low, high] = [seen[at - 10], seen[at]].sort((a, b) => a - b);
        assert.ok((high + 0.05) / (low + 0.05) > 1.07, `${SHARES[at]}: ${((high + 0.05) / (low + 0.05)).toFixed(3)}`);
      }
    });
  }
}

test("the size of a gradient can be told by lightness alone", () => {
  for (const [theme, tokens] of Object.entries(THEMES)) {
    const seen = SHARES.map((share) => luminance(shown(gradient(share), tokens)));
    const way = Math.sign(seen.at(-1) - seen[0]);
    for (let at = 1; at < seen.length; at += 1) assert.ok((seen[at] - seen[at - 1]) * way > 0, `${theme} ${SHARES[at]}`);
  }
});

test("colours are expressions over tokens, by sign and share", () => {
  assert.equal(signed(0), "color-mix(in oklab, var(--signed-high) 0%, var(--signed-zero))");
  assert.equal(signed(-1), "color-mix(in oklab, var(--signed-low) 100%, var(--signed-zero))");
  assert.equal(gate(0.5), "color-mix(in oklab, var(--gate-open) 50%, var(--gate-shut))");
  assert.match(gradient(1), /--gradient-high\) 100%/);
  assert.equal(role("state"), "var(--role-state)");
});

test("ink changes where the other one reads better", () => {
  assert.equal(onSigned(0.2), "var(--on-signed)");
  assert.equal(onSigned(0.9), "var(--on-signed-strong)");
  assert.equal(onSigned(-0.9), "var(--on-signed-strong)");
  assert.notEqual(onGradient(0.1), onGradient(0.9));
});
