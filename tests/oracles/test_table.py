"""README's table of what agrees with what is what the tests measure."""

from __future__ import annotations

import json

import pytest

from tests.oracles import recorder
from tests.oracles.case import DATA, load
from tests.oracles.recorder import Measured, claims, digits, record
from tests.oracles.table import by_group, rows, with_table

FOUND = [
    Measured("PyTorch 2, float64", "LSTM", ("1 layer",), 3e-16, 2e-15),
    Measured("PyTorch 2, float64", "LSTM", ("1 layer", "lengths"), 4e-15, None),
    Measured("ONNX 1, float32", "RNN", ("clip",), 6e-7),
]


def test_digits_are_those_that_agree_everywhere() -> None:
    assert [digits(each) for each in (0.0, 1e-16, 9e-16, 1e-12, 2.6e-7, 0.5)] == [14, 14, 14, 11, 6, 0]


def test_a_row_holds_the_worst_of_its_kind() -> None:
    assert rows(FOUND) == [
        "| PyTorch 2, float64 | LSTM | 1 layer, lengths | 14 | 14 |",
        "| ONNX 1, float32 | RNN | clip | 6 | – |",
    ]
    assert by_group(FOUND)[1] == {
        "other": "PyTorch 2, float64", "what": "LSTM", "option": "lengths", "values": 4e-15, "gradients": None,
    }  # fmt: skip


def test_the_table_stands_between_its_marks() -> None:
    text = f"before\n{recorder.BEGIN}\nold\n{recorder.END}\nafter"
    written = with_table(text, rows(FOUND))
    assert with_table(written, rows(FOUND)) == written
    assert written.startswith(f"before\n{recorder.BEGIN}\n| ours against ")
    assert written.endswith(f"| 6 | – |\n{recorder.END}\nafter")


def test_a_claim_that_is_too_bold_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(recorder.FILE, raising=False)
    monkeypatch.setattr(recorder, "claims", lambda: {("A", "b"): (12, None)})
    record(Measured("A", "b", (), 9e-13))
    with pytest.raises(AssertionError, match=r"README claims 12 digits for A, b, 1\.1e-12 apart"):
        record(Measured("A", "b", (), 1.1e-12))
    with pytest.raises(AssertionError, match="says nothing of gradients for A, b"):
        record(Measured("A", "b", (), 0.0, 0.0))
    with pytest.raises(AssertionError, match="has no row for A, c"):
        record(Measured("A", "c", (), 0.0))


def test_readme_has_what_was_measured() -> None:
    """Its rows are those of the file that was written with it, and every library's cases are among them."""
    measured = json.loads((DATA / "measured.json").read_text("utf-8"))
    found = [Measured(m["other"], m["what"], (m["option"],), m["values"], m["gradients"]) for m in measured]
    written = {(each.other, each.what) for each in found}
    assert written == claims().keys()
    for key, (values, gradients) in claims().items():
        own = [each for each in found if (each.other, each.what) == key]
        known = [each.gradients for each in own if each.gradients is not None]
        assert values == digits(max(each.values for each in own))
        assert gradients == (digits(max(known)) if known else None)
    for library in ("pytorch", "keras", "onnx"):
        golden = load(library)
        assert {(f"{golden.title}, {golden.dtype}", case.kind) for case in golden.cases} <= written
