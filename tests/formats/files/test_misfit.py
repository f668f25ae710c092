"""A recurrent matrix of which the kind of its layer cannot be told."""

from __future__ import annotations

from app.formats.files.misfit import misfit, sizes


def test_the_array_its_shape_and_the_shapes_that_it_could_have() -> None:
    problem = misfit("rnn.weight_hh_l0", (16, 3), [16, 16, 16, 16])
    assert problem is not None
    assert problem.message == "'rnn.weight_hh_l0' is 16 x 3, which is the shape of no recurrent layer"
    assert problem.hint == "beside the others it would have to be 16 x 16 (RNN), 16 x 4 (LSTM)"
    assert problem.args == {"array": "rnn.weight_hh_l0", "found": "16 x 3", "wanted": "16 x 16 (RNN), 16 x 4 (LSTM)"}


def test_what_most_of_the_arrays_say_is_taken_to_be_right() -> None:
    problem = misfit("w", (15, 4), [12, 15, 12])
    assert problem is not None
    assert problem.args["wanted"] == "12 x 12 (RNN), 12 x 4 (GRU), 12 x 3 (LSTM)"


def test_rows_and_columns_as_the_library_has_them() -> None:
    problem = misfit("recurrent_kernel", (3, 16), [16, 16], lying=True)
    assert problem is not None
    assert problem.args["wanted"] == "16 x 16 (RNN), 4 x 16 (LSTM)"


def test_nothing_to_tell_of() -> None:
    assert misfit("w", (), []) is None
    assert misfit("w", (0, 4), [0, 0]) is None


def test_a_shape_in_a_sentence() -> None:
    assert [sizes(shape) for shape in ((2, 3), (4,), ())] == ["2 x 3", "4", "one number"]
