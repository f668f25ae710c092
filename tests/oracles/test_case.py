"""Golden files: what is written is what is read, and differences are told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.oracles.agree import LIBRARIES, index
from tests.oracles.case import DATA, difference, from_text, libraries, load, to_text
from tests.oracles.script import Numbers, changes

#: of all golden files together
MOST_BYTES = 1_500_000


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_file_is_read_as_it_was_written(library: str) -> None:
    text = (DATA / f"{library}.json").read_text("utf-8")
    assert to_text(from_text(text)) == text


def test_every_library_has_its_cases() -> None:
    assert libraries() == sorted(LIBRARIES)
    assert sum(path.stat().st_size for path in DATA.iterdir()) < MOST_BYTES
    for library in LIBRARIES:
        names = [case.name for case in load(library).cases]
        assert len(set(names)) == len(names)
        assert next(iter(load(library).versions.values()))[0].isdigit()


def test_a_change_is_told() -> None:
    golden = load("pytorch")
    case = golden.cases[0]
    assert changes(golden, golden) == []
    name, array = next(iter(case.outputs.items()))
    moved = replace(case, outputs={**case.outputs, name: array + 1e-9})
    (said,) = changes(replace(golden, cases=(moved, *golden.cases[1:])), golden)
    assert said.startswith(f"{case.name}: ")
    (said,) = changes(replace(golden, versions={"PyTorch": "1.0"}), golden)
    assert said == "versions {'PyTorch': '1.0'}, stored are {'PyTorch': '2.13.0'}"
    (said,) = changes(replace(golden, cases=golden.cases[1:]), golden)
    assert case.name in said
    (said,) = changes(replace(golden, cases=(replace(case, kind="GRU"), *golden.cases[1:])), golden)
    assert said == f"{case.name}: described differently"


def test_numbers_are_the_same_every_time_and_distinct() -> None:
    first, again = Numbers("a", np.float32)(40, 40), Numbers("a", np.float32)(40, 40)
    assert np.array_equal(first, again)
    assert len(np.unique(first)) == first.size
    assert not np.array_equal(first, Numbers("b", np.float32)(40, 40))


def test_differences_are_relative_to_the_largest_number() -> None:
    one = {"a": np.array([1.0, 200.0]), "b": np.array([3.0])}
    assert difference(one, one) == 0
    assert difference({**one, "b": np.array([3.5])}, one) == 0.5 / 200
    with pytest.raises(AssertionError, match=r"'b' has the shape \(2,\), not \(1,\)"):
        difference({**one, "b": np.zeros(2)}, one)


def test_where_a_slice_lies() -> None:
    array = np.arange(24).reshape(4, 6)
    for text, piece in (("", array), ("[1:3]", array[1:3]), ("[:, 2:]", array[:, 2:]), ("[0, 4:6]", array[0, 4:6])):
        assert np.array_equal(array[index(text)], piece)
