"""Browser contexts that tests share one after another: what was read from the server is kept, as in any browser, nothing else."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page


class Contexts:
    """One for each kind of screen. A new one for each test would read and compile the whole page again."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.made: dict[str, BrowserContext] = {}

    def like(self, settings: dict[str, Any]) -> BrowserContext:
        """The one with these settings of Browser.new_context."""
        kind = json.dumps(settings, sort_keys=True)
        if kind not in self.made:
            self.made[kind] = self.browser.new_context(**settings)
        return self.made[kind]

    def close(self) -> None:
        for context in self.made.values():
            context.close()


def clean_page(context: BrowserContext, address: str) -> Page:
    """The only page of a context, before anything was opened in it; the server at `address` has stored nothing there."""
    for left in context.pages:
        left.close()
    context.clear_cookies()
    context.clear_permissions()
    page = context.new_page()
    tools = context.new_cdp_session(page)
    stores = "cache_storage,indexeddb,local_storage,service_workers"
    tools.send("Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": stores})
    tools.detach()
    return page
