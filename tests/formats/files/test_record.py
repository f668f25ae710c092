"""Records of what was found."""

from __future__ import annotations

from app.formats.files.record import File, Rest


def test_the_rest_as_data() -> None:
    rest = Rest("head.weight", "F32", (2, 3), "no part of a recurrent layer")
    assert rest.to_data() == {
        "name": "head.weight", "dtype": "F32", "shape": [2, 3], "why": "no part of a recurrent layer",
    }  # fmt: skip


def test_an_empty_file() -> None:
    file = File(name="x", format="npz")
    assert (file.layers, file.rest, dict(file.parameters)) == ((), (), {})
