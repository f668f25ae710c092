"""The binary layout: what stands where, byte by byte."""

from __future__ import annotations

import json
import struct

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.frames import pack, unpack


def test_the_layout() -> None:
    data = pack({"type": "frames"}, {"arrays": {"c": np.array([[1.0], [2.0]])}})
    (length,) = struct.unpack_from("<I", data)
    header = data[4 : 4 + length]
    assert (4 + length) % 8 == 0
    assert header.rstrip(b" ") == b'{"type":"frames","arrays":[{"name":"c","dtype":"float64","shape":[2,1]}]}'
    assert data[4 + length :] == struct.pack("<2d", 1.0, 2.0)


def test_totals_follow_the_arrays() -> None:
    data = pack({}, {"arrays": {"x": np.ones((1, 2))}, "totals": {"W": np.zeros((2, 3))}})
    [(header, groups)] = unpack(data)
    assert [each["shape"] for each in header["totals"]] == [[2, 3]]
    assert np.array_equal(groups["arrays"]["x"], np.ones((1, 2)))
    assert np.array_equal(groups["totals"]["W"], np.zeros((2, 3)))


def test_a_picture_takes_half_the_bytes() -> None:
    picture = np.array([[0.1, np.inf]], dtype=np.float32)
    data = pack({}, {"arrays": {"a": picture}})
    assert data.endswith(picture.tobytes())
    [(header, groups)] = unpack(data)
    assert header["arrays"] == [{"name": "a", "dtype": "float32", "shape": [1, 2]}]
    assert groups["arrays"]["a"].dtype == np.float32
    assert np.array_equal(groups["arrays"]["a"], picture)


def test_several_in_one_frame_of_the_network() -> None:
    """Each begins at a multiple of eight, however the one before it ended."""
    pictures = [np.full((1, count), count, dtype=np.float32) for count in (1, 2, 3)]
    data = b"".join(pack({"id": len(picture[0])}, {"arrays": {"a": picture}}) for picture in pictures)
    found = list(unpack(data + pack({"type": "done"}, {})))
    assert [header.get("id") for header, _ in found] == [1, 2, 3, None]
    assert [groups["arrays"]["a"].tolist() for _, groups in found[:3]] == [picture.tolist() for picture in pictures]


def test_rows_are_contiguous_whatever_the_array_looked_like() -> None:
    array = np.arange(6.0).reshape(2, 3).T[::-1]
    [(_, groups)] = unpack(pack({}, {"arrays": {"a": array}}))
    assert np.array_equal(groups["arrays"]["a"], array)


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=5).filter(lambda text: text.isprintable()),
        arrays.arrays(np.float64, arrays.array_shapes(max_dims=2, max_side=4)),
        max_size=4,
    ),
    st.text(max_size=9).filter(lambda text: text.isprintable()),
)
def test_everything_comes_back(given: dict[str, np.ndarray], lane: str) -> None:
    [(header, groups)] = unpack(pack({"lane": lane}, {"arrays": given}))
    assert header["lane"] == lane
    found = groups.get("arrays", {})
    assert list(found) == list(given)
    for name, array in given.items():
        assert np.array_equal(found[name], array, equal_nan=True)


def test_non_finite_numbers_travel_as_they_are() -> None:
    array = np.array([[np.inf, -np.inf, np.nan, -0.0]])
    data = pack({}, {"arrays": {"a": array}})
    json.loads(data[4 : 4 + struct.unpack_from("<I", data)[0]])
    [(_, groups)] = unpack(data)
    assert groups["arrays"]["a"].tobytes() == array.tobytes()
