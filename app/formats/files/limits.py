"""How much one file may ask for. Each limit is checked before anything of that size is made."""

from __future__ import annotations

from dataclasses import dataclass

from .problems import FormatError, refusal

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest amounts that are read: far above any network to look at, far below what stalls a laptop."""

    file_bytes: int = 256 * MIB
    """The file itself, and whatever it unpacks to."""
    numbers: int = 32 * MIB
    """Numbers in all arrays that are read; arrays that are only listed do not count."""
    arrays: int = 10_000
    """Arrays, and entries of a zip archive."""
    header_bytes: int = 2 * MIB
    """A header or a configuration in JSON."""
    pickle_bytes: int = 8 * MIB
    """The pickled part of a PyTorch file."""
    operations: int = 400_000
    """Operations in the pickled part of a PyTorch file, and objects in a Keras or ONNX file."""
    depth: int = 64
    """Things inside things: models in models, groups in groups, dictionaries in dictionaries."""
    helper_bytes: int = 2048 * MIB
    """Memory of the process that reads HDF5 and ONNX, beyond what it has when it starts."""
    helper_seconds: int = 20
    """Time of that process."""

    def check(self, name: str, amount: int, *, where: str = "") -> None:
        """Raises FormatError if an amount is above the limit of that name."""
        allowed = getattr(self, name)
        if amount > allowed:
            raise self.over(name, amount, where=where)

    def over(self, name: str, amount: int, *, where: str = "") -> FormatError:
        """The refusal of an amount: which limit, how much was asked for."""
        allowed = getattr(self, name)
        message = f"{_WORDS[name].format(_spoken(name, amount))}: the limit is {_spoken(name, allowed)}"
        # An amount may be an integer of any length; JavaScript and people have no use for one.
        shown = min(amount, 2**53)
        return refusal("over-limit", message, _HINT, where=where, limit=name, value=shown, allowed=allowed)


LIMITS = Limits()
_HINT = "save the recurrent layers alone, with fewer or smaller arrays"
_WORDS = {
    "file_bytes": "the file holds {}",
    "numbers": "the arrays hold {} numbers",
    "arrays": "the file holds {} arrays or entries",
    "header_bytes": "the description in the file takes {}",
    "pickle_bytes": "the pickled part of the file takes {}",
    "operations": "the file is made of {} parts",
    "depth": "the file has parts within parts, {} deep",
    "helper_bytes": "reading the file takes more memory than {}",
    "helper_seconds": "reading the file takes more than {} s",
}
_MANY = 10**15


def _spoken(name: str, amount: int) -> str:
    if amount > _MANY:
        return "more than can be counted"
    if name.endswith("_bytes"):
        return f"{amount / MIB:,.0f} MiB" if amount >= MIB else f"{amount:,} bytes"
    return f"{amount:,}"
