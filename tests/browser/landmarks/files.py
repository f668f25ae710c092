"""What a file of weights holds."""

from __future__ import annotations

import base64

from playwright.sync_api import Locator, Page

from tests.browser.expecting import expect_true
from tests.browser.words import Words

EVENT = """([data, name, kind]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name));
    document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""
#: Whether the page takes what is dragged over it: what listens comes after the first picture.
TAKES = f"() => {{ ({EVENT})(['', 'file', 'dragenter']); return document.body.hasAttribute('data-drop'); }}"


class Files:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.root = page.get_by_role("dialog", name=words("files.title"))

    def drag(self, data: bytes, name: str, kind: str = "drop") -> None:
        """A file over the page, or let fall once the page says that it takes one."""
        expect_true(self.page, TAKES)
        self.page.evaluate(EVENT, [base64.b64encode(data).decode(), name, kind])

    def open(self, number: int) -> Locator:
        """The button that opens a network, counted from 1."""
        return self.root.get_by_role("button", name=self.words("files.open-network", index=number))
