"""Addresses that open an LSTM of any size in the page, gradients of its last output on."""

from __future__ import annotations

import base64
import json
import math
import random


def address(steps: int, units: int, depth: str = "cell") -> str:
    """What stands after the # of the page's address: the whole experiment, its parameters by their seed."""
    chance = random.Random(5)
    inputs = [[round(math.sin(step / 9), 2), round(chance.uniform(-1, 1), 2)] for step in range(steps)]
    layer: dict[str, object] = {"cell": "lstm", "text": None, "units": units, "direction": "forward", "sizes": {}}
    experiment = {
        "version": 1,
        "network": {"parts": [{"name": "main", "inputs": 2, "layers": [layer], "readout": None, "sizes": {}}]},
        "parameters": {"seed": 3, "values": {}},
        "sequence": {"inputs": inputs},
        "backward": {"of": "main.1.forward.h", "step": steps, "unit": None},
        "view": {"depth": depth},
    }
    text = json.dumps(experiment, separators=(",", ":")).encode()
    return f"e={base64.urlsafe_b64encode(text).decode().rstrip('=')}"
