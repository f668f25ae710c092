"""Trainings that take a moment."""

from __future__ import annotations

from typing import Any

from app.learning import Settings, Training, read_settings

SMALL: dict[str, Any] = {
    "task": "temporal-order", "options": {"length": 10}, "units": 4, "batch": 4, "test": 8, "every": 3, "updates": 6,
}  # fmt: skip


def small(**changed: Any) -> Settings:
    return read_settings({**SMALL, **changed})


def trained(updates: int, /, **changed: Any) -> Training:
    """After so many updates."""
    training = Training(small(**changed))
    for _ in range(updates):
        training.step()
    return training
