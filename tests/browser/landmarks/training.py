"""The place where networks learn: settings, curves, the inside of a run, and what is done with it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Training:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.root = page.locator("#training")
        self.loss = self.root.get_by_role("application", name=words("train.loss-over"), exact=True)
        self.reading = self.root.locator(".training-reading")
        self.offer = self.root.locator(".training-offer")
        self.kept = self.root.locator(".training-kept")
        self.alert = self.root.get_by_role("alert")
        self.on_stage = self.button("train.on-stage")

    def open(self, url: str, settings: str) -> None:
        self.page.goto(f"{url}#train={settings}")

    def button(self, key: str, **args: object) -> Locator:
        return self.root.get_by_role("button", name=self.words(key, **args), exact=True)

    def field(self, key: str) -> Locator:
        """What a setting is set to."""
        return self.root.get_by_label(self.words(key)).first

    def run(self, name: str) -> Locator:
        """How far a run is."""
        return self.root.get_by_role("row").filter(has=self.page.get_by_role("button", name=name, exact=True))

    def read(self, path: Path) -> None:
        """A record from a file."""
        self.root.get_by_label(self.words("train.open-file")).set_input_files(path)

    def look(self, update: int) -> None:
        """At the loss after an update, by keyboard: so many runs are short enough for an arrow to be one update."""
        self.loss.focus()
        for key in ("Home", *["ArrowRight"] * (update - 1)):
            self.page.keyboard.press(key)
