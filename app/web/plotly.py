"""Plotly's script, out of the installed package through its public functions, under an address with its own version."""

from __future__ import annotations

from functools import lru_cache

from plotly.offline import get_plotlyjs, get_plotlyjs_version

from .assets import FOREVER, Asset

ADDRESS = f"vendor/plotly-{get_plotlyjs_version()}.min.js"


@lru_cache(maxsize=1)
def script() -> Asset:
    """The script, compressed once: about a fifth of a second, so in a thread and not before it is asked for."""
    return Asset.of(get_plotlyjs().encode(), ".js", FOREVER)
