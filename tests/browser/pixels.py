"""What is really painted: the colours of a picture of the page."""

from __future__ import annotations

import base64
from collections import Counter

from playwright.sync_api import Locator, Page

Colour = tuple[int, ...]

#: The browser that made the picture reads it, so nothing has to be installed for it.
READ = """async (text) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const brush = new OffscreenCanvas(image.width, image.height).getContext("2d");
    brush.drawImage(image, 0, 0);
    const { data } = brush.getImageData(0, 0, image.width, image.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
        const colour = data.subarray(at, at + 3).join();
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts];
}"""


def colours(page: Page, of: Page | Locator) -> Counter[Colour]:
    """Every colour of what is seen of `of` (red, green, blue; each 0 to 255), and of how many pixels it is."""
    found = page.evaluate(READ, base64.b64encode(of.screenshot()).decode())
    return Counter({tuple(int(part) for part in colour.split(",")): count for colour, count in found})


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of the WCAG, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """From 0 to 1."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
