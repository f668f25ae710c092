"""What was found in a file, in a form that is the same for all libraries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.engine import Problem

from ..found import Note
from ..library import Array, LibraryLayer


@dataclass(frozen=True, slots=True)
class Stored:
    """An array as its file declares it.

    `read` gives its numbers; it is None where they are not read, and `why` then says why.
    `dtype` names the kind of its numbers, as safetensors does ("F32") or in the file's own word.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    read: Callable[[], Array] | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """An array that belongs to no recurrent layer, and why."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    why: str

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {"name": self.name, "dtype": self.dtype, "shape": list(self.shape), "why": self.why}


@dataclass(frozen=True, slots=True)
class Contents:
    """The arrays of a container, and what else it says about itself."""

    arrays: tuple[Stored, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: the recurrent layers, where their arrays were found, and everything else.

    `places` maps (name of the layer, name of the array in it) to the array's name in the file. `parameters`
    are those of one of our own files, by address; such a file has no library's layers. `problems` say why a layer
    that seems to be there could not be told.
    """

    layers: tuple[LibraryLayer, ...] = ()
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rest: tuple[Rest, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    parameters: Mapping[str, Array] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class File(Reading):
    """A file that was read. `format` is the one its contents showed, whatever its name says.

    `notes` say what a person should know, such as a name that promises another format; they stop nothing.
    """

    name: str = ""
    format: str = ""
    size: int = 0
