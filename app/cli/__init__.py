"""The `unrolled` command: one file for what it offers, one for training, which has much to say."""

from .command import main

__all__ = ["main"]
