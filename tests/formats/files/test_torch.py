"""PyTorch's files: state dicts that PyTorch wrote, and many that it never would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from app.formats.files.limits import LIMITS, MIB, Limits
from app.formats.files.problems import FormatError
from app.formats.files.record import Contents
from app.formats.files.torch import looks_like_torch, looks_pickled, read_torch, refuse_pickle
from app.formats.files.zip import Archive
from tests.formats.files.pickles import archive, called, name, state, storage, tensor, text
from tests.formats.files.samples import Floats, is_weights, mutated, refused, said, sample, traced, unzipped, zipped
from tests.oracles.file_weights import weights


def contents(data: bytes, limits: Limits = LIMITS) -> Contents:
    return read_torch(Archive(data, limits), limits)


def numbers(data: bytes) -> dict[str, Floats]:
    return {each.name: each.read() for each in contents(data).arrays if each.read is not None}


@pytest.mark.parametrize("file", ["torch.pt", "torch_protocol4.pt"])
def test_a_state_dict(file: str) -> None:
    found = numbers(sample(file))
    assert len(found) == 37
    assert list(found)[:2] == ["encoder.weight_ih_l0", "encoder.weight_hh_l0"], "the file's own order"
    assert all(is_weights(array, key, np.float64) for key, array in found.items())


def test_tensors_that_share_a_storage_and_lie_turned_in_it() -> None:
    found = numbers(sample("shared.pt"))
    assert set(found) == {"weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"}
    assert all(is_weights(array, key) for key, array in found.items())


def test_narrow_numbers_become_float32() -> None:
    found = numbers(sample("half.pt"))
    for key, array in found.items():
        exact = weights(key.partition(".")[2], array.shape)
        assert array.dtype == np.float32
        if key.startswith("half"):
            np.testing.assert_array_equal(array, exact.astype(np.float16))
        else:
            assert np.abs(array - exact).max() <= np.abs(exact).max() / 256
            assert not (array.view(np.uint32) & 0xFFFF).any()


def test_a_checkpoint_with_other_things_in_it() -> None:
    found = {each.name: each for each in contents(sample("checkpoint.pt")).arrays}
    assert [key for key in found if not key.startswith("optimizer")] == [
        "steps", "sparse", "tiny", "meta", "model.weight_ih_l0", "model.weight_hh_l0", "model.bias_ih_l0", "model.bias_hh_l0",
    ]  # fmt: skip
    assert found["steps"].why == "whole numbers, no weights"
    assert found["sparse"].why == "a tensor of a sort that is not read (sparse_tensor)"
    assert found["tiny"].why == "a kind of numbers that is not read"
    assert found["meta"].why.startswith("a tensor of a sort that is not read (meta_tensor")
    assert "optimizer.state.0.exp_avg" in found
    read = found["model.weight_hh_l0"].read
    assert read is not None
    assert is_weights(read(), "weight_hh_l0")


def test_what_is_made_by_hand_is_as_the_library_makes_it() -> None:
    data = archive(
        state(
            a=tensor(),
            b=tensor((3, 2), (1, 3)),
            c=tensor((2,), (1,), 4),
            d=tensor((), (), 5),
            e=tensor((0, 100), (1, 1)),
        )
    )
    assert looks_like_torch(list(unzipped(data)))
    found = numbers(data)
    assert found["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["b"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert found["c"].tolist() == [4, 5]
    assert found["d"].tolist() == 5
    assert found["e"].shape == (0, 100)
    assert all(array.flags.c_contiguous for array in found.values())


def test_big_endian_files() -> None:
    data = archive(state(a=tensor()), byteorder=b"big", data_0=np.arange(6, dtype=">f4").tobytes())
    assert numbers(data)["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert numbers(archive(state(a=tensor()), byteorder=None))["a"].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_dictionaries_within_dictionaries_are_walked_once() -> None:
    inner = b"}q\x01(" + text("w") + tensor() + text("again") + b"h\x01u"
    data = archive(b"\x80\x02}q\x00(" + text("a") + inner + text("b") + b"h\x01" + text("self") + b"h\x00u.")
    assert list(numbers(data)) == ["a.w"]


def test_a_tensor_alone() -> None:
    assert list(numbers(archive(b"\x80\x02" + tensor() + b"."))) == ["tensor"]


REFUSED = [
    (sample("whole.pt"), "whole-module", "the file holds a whole module ('torch.nn.modules.rnn.GRU')"),
    (sample("script.pt"), "torchscript", "the file is a TorchScript program, not a state dict"),
    (archive(state(a=called("os", "system", text("id")))), "forbidden-name", "the file names 'os.system', which no state dict"),
    (archive(b"\x80\x02]."), "no-state-dict", "the file holds no dictionary of tensors"),
    (archive(b"\x80\x02" + name("torch", "float32") + b"."), "no-state-dict", "the file holds no dictionary of tensors"),
    (archive(state(a=tensor()), data_0=bytes(20)), "bad-pytorch", "the numbers of 'a' are missing, or fewer or more than"),
    (archive(state(a=tensor()), data_0=bytes(28)), "bad-pytorch", "the numbers of 'a' are missing, or fewer or more than"),
    (archive(state(a=tensor()), data_0=None), "bad-pytorch", "the numbers of 'a' are missing, or fewer or more than"),
    (archive(state(a=tensor()), byteorder=b"middle"), "bad-pytorch", "the byte order in the file is neither little nor big"),
    (archive(state(a=tensor()), byteorder=bytes(100)), "bad-pytorch", "the byte order in the file is neither little nor big"),
    (archive(state(**{"x" * 1001: tensor()})), "bad-pickle", "the pickled part of the file cannot be read: a tensor has a name"),
    (zipped({"a/data.pkl": b"", "b/data.pkl": b""}), "bad-pytorch", "the archive holds more than one saved object"),
    (zipped({"a/b/data.pkl": b""}), "bad-pytorch", "the archive holds more than one saved object"),
    (archive(b""), "bad-pickle", "the pickled part of the file cannot be read: it is damaged or cut off"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "message"), REFUSED, ids=[str(number) for number in range(len(REFUSED))])
def test_what_is_refused(data: bytes, code: str, message: str) -> None:
    problem = refused(contents, data)
    assert problem.code == code
    assert problem.message.startswith(message)
    assert problem.hint


def test_deep_dictionaries() -> None:
    deep = b"\x80\x02" + b"}X\x01\x00\x00\x00a" * 70 + tensor() + b"s" * 70 + b"."
    assert refused(contents, archive(deep)).message == "the file has parts within parts, 65 deep: the limit is 64"


def test_pickles_outside_archives() -> None:
    assert looks_pickled(sample("old.pt"))
    assert said(refuse_pickle(sample("old.pt")).problems[0]) == (
        "the file is in the form that PyTorch wrote before version 1.6 | "
        "in Python: torch.save(torch.load(path, weights_only=True), new_path)"
    )
    assert said(refuse_pickle(b"\x80\x02}.").problems[0]) == (
        "the file is a bare pickle, which only running its own instructions could bring back | "
        "save the weights with torch.save, numpy.savez or as safetensors"
    )


def test_a_small_file_that_asks_for_much() -> None:
    """A view of one number, repeated; a storage that thousands of tensors share."""
    repeated = archive(state(a=tensor((2**20, 2**20), (0, 0))))
    (found,) = contents(repeated).arrays
    assert found.shape == (2**20, 2**20), "listed; whoever reads it counts first"
    size = 2 * MIB
    shared = tensor((2,), (1,), store=b"h\x00")
    body = b"\x80\x02}(" + text("first") + tensor((2,), (1,), store=storage(size=size) + b"q\x00")
    body += b"".join(text(f"w{number}") + shared for number in range(2_000)) + b"u."
    data = archive(body, data_0=bytes(4 * size))
    with traced() as peak:
        assert len(numbers(data)) == 2_001
    assert peak[0] < 3 * len(data)


def test_arrays_are_counted() -> None:
    data = archive(state(a=tensor(), b=tensor(), c=tensor(), d=tensor(), e=tensor()))
    assert refused(contents, data, Limits(arrays=4)).message == "the file holds 5 arrays or entries: the limit is 4"


def test_every_shorter_file_is_refused() -> None:
    data = archive(state(a=tensor()))
    for size in range(len(data)):
        with pytest.raises(FormatError):
            contents(data[:size])


@settings(max_examples=150, deadline=None)
@given(mutated(sample("shared.pt")))
def test_damaged_files_are_read_or_refused(data: bytes) -> None:
    try:
        numbers(data)
    except FormatError as error:
        assert all(each.hint for each in error.problems)


@settings(max_examples=300, deadline=None)
@given(mutated(unzipped(sample("shared.pt"))["file_shared/data.pkl"]))
def test_damaged_pickles_are_read_or_refused(pickled: bytes) -> None:
    """The archive's checksums would hide these behind its own refusal."""
    entries = unzipped(sample("shared.pt"))
    try:
        numbers(zipped({**entries, "file_shared/data.pkl": pickled}))
    except FormatError as error:
        assert all(each.hint for each in error.problems)
