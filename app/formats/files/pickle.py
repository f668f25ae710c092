"""A pickle read as data: a small machine that knows the operations which plain data need, and can call nothing.

Python's own `pickle` looks names up and calls what it finds. Here a name stays a name (`Name`), "calling" one hands
name and arguments to a function that the user of the machine supplies, and every operation beyond plain data is
refused. Operations: https://github.com/python/cpython/blob/main/Lib/pickletools.py.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from .limits import Limits
from .problems import FormatError, refusal


@dataclass(frozen=True, slots=True)
class Name:
    """What a pickle calls `module.name`; nobody looks it up."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


class Meaning(Protocol):
    """What the names in a pickle stand for."""

    def check(self, name: Name) -> None:
        """Raises FormatError for a name that may not occur."""

    def build(self, name: Name, arguments: tuple[Any, ...]) -> Any:
        """What the pickle would get by calling a name that was checked."""

    def outside(self, given: Any) -> Any:
        """What a persistent id refers to."""


def read_pickle(data: bytes, meaning: Meaning, limits: Limits) -> Any:
    """The value of a pickle, made of dict, list, tuple, str, bytes, int, float, bool, None, `Name`, and what was built.

    Values may contain themselves and may be shared, so whoever walks through them must count.
    Raises FormatError for everything else, and for too many operations.
    """
    limits.check("pickle_bytes", len(data))
    machine = _Machine(data, meaning)
    for _ in range(limits.operations):
        try:
            done = machine.step()
        except (IndexError, struct.error, UnicodeDecodeError):
            raise broken("it is damaged or cut off") from None
        if done:
            return machine.result()
    raise limits.over("operations", limits.operations + 1)


def broken(message: str) -> FormatError:
    """The refusal of a pickle that does not make sense."""
    return refusal("bad-pickle", f"the pickled part of the file cannot be read: {message}", _HINT)


_HINT = "save again with torch.save(model.state_dict(), path), or better as safetensors"
_KEYS = (str, int, float, bool, type(None), bytes)
_LONGEST_INTEGER = 32
_PROTOCOLS = range(2, 6)


class _Machine:
    """A stack, the marks in it, a memo, and a place in the data."""

    def __init__(self, data: bytes, meaning: Meaning) -> None:
        self._data = data
        self._at = 0
        self._meaning = meaning
        self._stack: list[Any] = []
        self._marked: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def step(self) -> bool:
        """Does one operation; whether it was the last."""
        code = self._data[self._at]
        self._at += 1
        if code == _STOP:
            return True
        operation = _OPERATIONS.get(code)
        if operation is None:
            raise broken(f"it uses an operation (0x{code:02x}) that plain data do not need")
        operation(self)
        return False

    def result(self) -> Any:
        if len(self._stack) != 1 or self._marked:
            raise broken("it does not end with one value")
        return self._stack[0]

    def _take(self, size: int) -> bytes:
        """The next bytes; if there are fewer, the next step finds itself beyond the end."""
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def _number(self, form: str) -> Any:
        (number,) = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return number

    def _line(self) -> str:
        end = self._data.find(b"\n", self._at, self._at + 1000)
        if end < 0:
            raise broken("it is damaged or cut off")
        line = self._data[self._at : end].decode("utf-8")
        self._at = end + 1
        return line

    def _push(self, value: Any) -> None:
        self._stack.append(value)

    def _since_mark(self) -> list[Any]:
        """Everything above the last mark, which goes away."""
        above = self._stack
        self._stack = self._marked.pop()
        return above

    def protocol(self) -> None:
        if self._number("<B") not in _PROTOCOLS:
            raise broken("its protocol is not one that is read")

    def frame(self) -> None:
        self._number("<Q")

    def mark(self) -> None:
        self._marked.append(self._stack)
        self._stack = []

    def integer(self, form: str) -> None:
        self._push(self._number(form))

    def long_integer(self) -> None:
        size = self._number("<B")
        if size > _LONGEST_INTEGER:
            raise broken("it holds a whole number of more digits than any size has")
        self._push(int.from_bytes(self._take(size), "little", signed=True))

    def text(self, form: str) -> None:
        self._push(self._take(self._number(form)).decode("utf-8"))

    def data(self, form: str) -> None:
        self._push(self._take(self._number(form)))

    def pair(self, size: int) -> None:
        values = tuple(self._stack.pop() for _ in range(size))
        self._push(values[::-1])

    def pile(self) -> None:
        values = tuple(self._since_mark())
        self._push(values)

    def append(self) -> None:
        value = self._stack.pop()
        self._list().append(value)

    def appends(self) -> None:
        values = self._since_mark()
        self._list().extend(values)

    def _list(self) -> list[Any]:
        if type(self._stack[-1]) is not list:
            raise broken("it appends to something that is no list")
        found: list[Any] = self._stack[-1]
        return found

    def set_item(self) -> None:
        value, key = self._stack.pop(), self._stack.pop()
        self._set([key, value])

    def set_items(self) -> None:
        self._set(self._since_mark())

    def _set(self, values: list[Any]) -> None:
        target = self._stack[-1]
        if type(target) is not dict or len(values) % 2:
            raise broken("it sets keys of something that is no dictionary")
        for key, value in zip(values[::2], values[1::2], strict=True):
            target[plain_key(key)] = value

    def put(self, form: str) -> None:
        self._memo[self._number(form)] = self._stack[-1]

    def memoize(self) -> None:
        self._memo[len(self._memo)] = self._stack[-1]

    def get(self, form: str) -> None:
        place = self._number(form)
        if place not in self._memo:
            raise broken("it refers to something that it has not made")
        self._push(self._memo[place])

    def name(self) -> None:
        module = self._line()
        self._push_name(module, self._line())

    def stack_name(self) -> None:
        name, module = self._stack.pop(), self._stack.pop()
        if type(name) is not str or type(module) is not str:
            raise broken("it names something by what is no text")
        self._push_name(module, name)

    def _push_name(self, module: str, name: str) -> None:
        made = Name(module, name)
        self._meaning.check(made)
        self._push(made)

    def reduce(self) -> None:
        arguments, name = self._stack.pop(), self._stack.pop()
        if type(name) is not Name or type(arguments) is not tuple:
            raise broken("it calls something that is no name")
        self._push(self._meaning.build(name, arguments))

    def persist(self) -> None:
        self._push(self._meaning.outside(self._stack.pop()))

    def state(self) -> None:
        """The attributes of an object. The dictionaries and tensors that can be built have none that matter."""
        self._stack.pop()
        if type(self._stack[-1]) is Name:
            raise broken("it gives attributes to a name")


def plain_key(key: Any) -> Hashable:
    """A key that a dictionary may have here. Others, tuples within tuples say, could not be hashed safely."""
    if type(key) not in _KEYS:
        raise broken("a dictionary has a key that is neither text nor number")
    found: Hashable = key
    return found


Operation = Callable[[_Machine], None]


def _with(method: Callable[[_Machine, Any], None], argument: object) -> Operation:
    return lambda machine: method(machine, argument)


def _value(make: Callable[[], Any]) -> Operation:
    return lambda machine: machine._push(make())


_STOP = ord(".")
_OPERATIONS: dict[int, Operation] = {
    0x80: _Machine.protocol,
    0x95: _Machine.frame,
    ord("("): _Machine.mark,
    ord("N"): _value(lambda: None),
    0x88: _value(lambda: True),
    0x89: _value(lambda: False),
    ord("}"): _value(dict),
    ord("]"): _value(list),
    ord(")"): _value(tuple),
    ord("J"): _with(_Machine.integer, "<i"),
    ord("K"): _with(_Machine.integer, "<B"),
    ord("M"): _with(_Machine.integer, "<H"),
    ord("G"): _with(_Machine.integer, ">d"),
    0x8A: _Machine.long_integer,
    ord("X"): _with(_Machine.text, "<I"),
    0x8C: _with(_Machine.text, "<B"),
    0x8D: _with(_Machine.text, "<Q"),
    ord("B"): _with(_Machine.data, "<I"),
    ord("C"): _with(_Machine.data, "<B"),
    0x85: _with(_Machine.pair, 1),
    0x86: _with(_Machine.pair, 2),
    0x87: _with(_Machine.pair, 3),
    ord("t"): _Machine.pile,
    ord("a"): _Machine.append,
    ord("e"): _Machine.appends,
    ord("s"): _Machine.set_item,
    ord("u"): _Machine.set_items,
    ord("q"): _with(_Machine.put, "<B"),
    ord("r"): _with(_Machine.put, "<I"),
    0x94: _Machine.memoize,
    ord("h"): _with(_Machine.get, "<B"),
    ord("j"): _with(_Machine.get, "<I"),
    ord("c"): _Machine.name,
    0x93: _Machine.stack_name,
    ord("R"): _Machine.reduce,
    ord("Q"): _Machine.persist,
    ord("b"): _Machine.state,
}
