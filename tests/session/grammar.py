"""Messages as a careless or hostile client would make them: mostly of the right form, with something odd in many.

Made from a seed, so that thousands cost little and each failure can be had again.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

ADDRESSES = [
    "main.1.forward.W_z", "main.1.forward.b_f", "main.1.forward.W", "main.1.forward.U", "main.readout.forward.V",
    "main.1.forward.c", "main.1.forward.h", "main.1.forward.y", "main.1.forward.c_prev", "main.0.forward.x", "c", "y",
    "main.1.backward.h", "main.2.forward.h", "main.readout.forward.y", "h", "i:in", "initial:c", "main.1.forward.",
]  # fmt: skip
ODD: list[Any] = [
    None, True, "", "1", -1, 0, 2**31, 2**53 + 1, 10**30, 1e308, -0.0, 0.5, [], [[]], {}, "\x00", "inf", [1, [2]],
    {"a": 1}, "\u202e", "a" * 300, [[[1]]], [None], "main", "../..",
]  # fmt: skip
LESSONS = ["gated-cell", "linear-toy", "back-through-time", "back-through-time", "none"]
CELLS = ["memory-cell", "linear-rnn", "simple-rnn", "lstm", "memory-cell-rounded"]
TEXTS = [
    "h = tanh(W @ x + U @ h_prev)", "y = x", "h = h_prev + W @ x", "h = sigmod(x)", "", "((((", "h = 1e400 * x",
    "start b = 1", "h = W @ x : 记忆\ny = h * h", "\x00", "# " + "z" * 9000, "s[context] = W @ x + s_prev\nh = P @ s",
    "h = every(1, 2) * (W @ x)", "h = h", "a = 3\nh = a * x + b",
]  # fmt: skip
READOUTS = [
    None, None, "y[outputs] = softmax(V @ h + d)", "p = V @ c", "y[q] = V @ h", "y = h_prev", "(",
    "p[outputs] = V @ nothing",
]  # fmt: skip
NUMBERS = [0.0, 1.0, -1.0, 0.5, 1000.0, -1000.0, 1e308, -1e308, 1e-320, 7]


TRAININGS: list[Any] = [
    {"task": "parity", "units": 2, "batch": 2, "test": 2, "updates": 3, "options": {}},
    {"task": "adding", "cell": "jordan"}, {"task": "adding", "rate": 1e9}, {"task": "reber", "units": 512, "layers": 4},
    {"task": "slots", "equations": "h = sigmod(x)", "updates": 2}, {}, {"task": "copy", "data": 1}, {"task": "sine", "version": 9},
]  # fmt: skip


class Grammar:
    """An endless supply of messages, by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.id = 0

    def text(self) -> str:
        """The next message: whole, or one in twelve with its text cut or spoilt."""
        text = json.dumps(self.record())
        match self.random.randrange(36):
            case 0:
                return text[: self.random.randrange(len(text))]
            case 1:
                at = self.random.randrange(len(text))
                return text[:at] + self.random.choice('{}[]",:\\0nul\x00é') + text[at + 1 :]
            case 2:
                return self.random.choice(["", "null", "[]", "{", "NaN", "[" * 999, '{"id":1e999}', text * 2])
        return text

    def record(self) -> dict[str, Any]:
        """The next record: right, or one in four with fields spoilt, dropped or added somewhere in it."""
        self.id += 1
        record: dict[str, Any] = {"id": self.id, **self.body()}
        if self.chance(5):
            record["lane"] = self.random.choice(["main", "left", "right", "Main", "a" * 20])
        if self.chance(4):
            self.spoil(record)
        return record

    def body(self) -> dict[str, Any]:
        match self.random.randrange(20):
            case 19:
                return self.training()
            case 0:
                if self.chance(2):
                    return {"type": "open", "cell": self.random.choice([*CELLS, "gru", "none"])}
                return {"type": "open", "lesson": self.random.choice(LESSONS)}
            case 1 | 2:
                return {"type": "open", "experiment": self.experiment()}
            case 3 | 4 | 5 | 6 | 7:
                return self.change()
            case 8:
                return {"type": "seek", "step": self.random.randrange(1, 9)}
            case 9 | 10:
                return {"type": "differentiate", **self.asked()}
            case 11:
                return {"type": "subscribe", "windows": self.random.choice([None, [], self.windows(), self.windows()])}
            case 12:
                return {"type": "cancel", "kind": self.random.choice(["run", "gradient", "update"])}
            case 13:
                return {"type": "differentiate", "of": None}
            case 14:
                return {"type": "initialise", "starts": self.starts()}
            case 15 | 16:
                return self.update()
        return {"type": self.random.choice(["run", "run", "ping", "dance"])}

    def training(self) -> dict[str, Any]:
        match self.random.randrange(6):
            case 0:
                return {"type": "keep"}
            case 1:
                return {"type": "cancel", "kind": "training"}
            case 2:
                most, steps = self.random.choice([None, 1e-9, 1e9, 0]), self.random.choice([None, 1, 2**53, 0])
                return {"type": "pace", "going": self.chance(2), "most": most, "steps": steps}
            case 3:
                return {"type": "train", "record": self.random.choice(["", "{}", '{"format":"unrolled-training"}', "[" * 9999])}
        return {"type": "train", "settings": self.random.choice(TRAININGS), "paused": self.chance(3)}

    def update(self) -> dict[str, Any]:
        rates = [0.1, 0.1, 0.01, 0.01, 1e-300, 1e9, 1e308, 0, -1, float("nan"), "fast"]
        rule = self.random.choice(["sgd", "sgd", "momentum", "nesterov", "rmsprop", "adam", "adam", "newton"])
        count = self.random.choice([1, 10, 10, 60, 2000, 0])
        update = {"type": "update", "rule": rule, "rate": self.random.choice(rates), "updates": count}
        return update | ({"clip": self.random.choice([1, 0.001, 0])} if self.chance(3) else {})

    def change(self) -> dict[str, Any]:
        change: dict[str, Any] = {"type": "change"}
        if self.chance(8):
            change["learned"] = self.random.randrange(9)
        if self.chance(2):
            change["parameters"] = [
                {"address": self.random.choice(ADDRESSES[:5]), "index": self.index(), "value": self.number()}
                for _ in range(self.random.randrange(3))
            ]
        if self.chance(4):
            change["starts"] = self.starts()
        if self.chance(3):
            width = self.random.randrange(1, 4)
            change["inputs"] = [self.row(width) for _ in range(self.random.choice([1, 2, 5, 39, 45]))]
        if self.chance(4):
            change["initial"] = {self.random.choice(ADDRESSES): self.row(self.random.randrange(3))}
        return change

    def starts(self) -> dict[str, Any]:
        kinds = ["cell", "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch"]
        return {
            name: {"kind": self.random.choice(kinds), "seed": self.random.randrange(9), "scale": self.number()}
            for name in self.some(ADDRESSES[:5], 3)
        }

    def experiment(self) -> dict[str, Any]:
        width, units = self.random.randrange(1, 4), self.random.choice([1, 2, 4, 9])
        layers = [self.layer(units) for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        part = {"name": "main", "inputs": width, "layers": layers, "readout": self.random.choice(READOUTS)}
        if self.chance(2) and part["readout"]:
            part["sizes"] = {"outputs": 2}
        record: dict[str, Any] = {
            "version": 1,
            "network": {"parts": [part]},
            "sequence": {"inputs": [self.row(width) for _ in range(self.random.choice([1, 2, 6, 41]))]},
        }
        if self.chance(3):
            values = {self.random.choice(ADDRESSES): [self.row(width) for _ in range(units)]}
            record["parameters"] = {"seed": self.random.randrange(9), "values": self.random.choice([values, {}])}
        if self.chance(3):
            record["initial"] = {self.random.choice(ADDRESSES[5:8]): self.row(units)}
        if self.chance(2):
            record["backward"] = self.asked()
        return record

    def layer(self, units: int) -> dict[str, Any]:
        layer: dict[str, Any] = {"cell": self.random.choice(CELLS), "units": units}
        if self.chance(3):
            layer |= {"cell": "mine", "text": self.random.choice(TEXTS)}
        if self.chance(3):
            layer["direction"] = self.random.choice(["forward", "backward", "both"])
        if self.chance(8):
            layer["sizes"] = {self.random.choice(["context", "outputs", "units", "inputs"]): 2}
        return layer

    def windows(self) -> list[dict[str, Any]]:
        return [
            {
                "name": self.random.choice(["near", "view", "whole", "a b"]),
                "symbols": self.random.choice([None, ["main.1.forward.h"], self.some(ADDRESSES, 3)]),
                "first": self.random.randrange(1, 50),
                "count": self.random.choice([None, 1, 3, 400]),
                "dtype": self.random.choice(["float64", "float32"]),
            }
            for _ in range(self.random.randrange(1, 3))
        ]

    def asked(self) -> dict[str, Any]:
        return {
            "of": self.random.choice(ADDRESSES[4:]),
            "step": self.random.randrange(1, 7),
            "unit": self.random.choice([None, None, 0, 1, 5]),
        }

    def spoil(self, record: Any) -> None:
        """Changes one field, at any depth."""
        fields = list(record) if isinstance(record, dict) else list(range(len(record)))
        if not fields:
            return
        field = self.random.choice(fields)
        if isinstance(record[field], dict | list) and not self.chance(3):
            self.spoil(record[field])
        elif isinstance(record, dict) and self.chance(3):
            del record[field]
        elif isinstance(record, dict) and self.chance(3):
            record[self.random.choice(["extra", "", "self", "__class__", "\u202e"])] = self.random.choice(ODD)
        else:
            record[field] = self.random.choice(ODD)

    def index(self) -> list[int]:
        return [self.random.randrange(3) for _ in range(self.random.choice([1, 2, 2, 2, 3]))]

    def row(self, width: int) -> list[float]:
        return [self.number() for _ in range(width)]

    def number(self) -> float:
        return self.random.choice(NUMBERS)

    def some(self, things: list[str], most: int) -> list[str]:
        return [self.random.choice(things) for _ in range(self.random.randrange(most + 1))]

    def chance(self, of: int) -> bool:
        return self.random.randrange(of) == 0
