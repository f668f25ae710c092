"""Learning: a network, a task and an optimiser, one update after the other, the same for the same seed."""

from .offer import offered
from .pupil import Pupil
from .record import read_record, write_record
from .settings import CHOICES, WHOLE, Settings, read_settings
from .stop import Stop
from .training import HeldOut, History, Progress, Training

__all__ = [
    "CHOICES", "WHOLE", "HeldOut", "History", "Progress", "Pupil", "Settings", "Stop", "Training", "offered", "read_record",
    "read_settings", "write_record",
]  # fmt: skip
