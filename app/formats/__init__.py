"""Weights of other libraries: read as cell text plus parameters, written back, and cells written as their code."""

from .convert import convert, convert_all
from .files.inspect import Inspection, inspect
from .files.limits import LIMITS, Limits
from .files.npz import write_npz
from .files.problems import FormatError
from .files.read import read, read_path
from .files.record import File, Rest
from .files.safetensors import write_safetensors
from .files.table import table as inspection_table
from .found import Choice, Found, Note, Placed
from .library import LibraryLayer
from .options import VALUES
from .source.write import TARGETS, code
from .to_library import to_library

__all__ = [
    "LIMITS",
    "TARGETS",
    "VALUES",
    "Choice",
    "File",
    "FormatError",
    "Found",
    "Inspection",
    "LibraryLayer",
    "Limits",
    "Note",
    "Placed",
    "Rest",
    "code",
    "convert",
    "convert_all",
    "inspect",
    "inspection_table",
    "read",
    "read_path",
    "to_library",
    "write_npz",
    "write_safetensors",
]
