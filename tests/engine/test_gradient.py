from __future__ import annotations

import numpy as np
import pytest

from app.engine import Network, NetworkError
from tests.engine import reference, texts
from tests.engine.reference import Numbers

READOUT = "y[outputs] = softmax(V @ h + d) * exp(R @ c)"


def network(*directions: str, readout: bool = True) -> Network:
    layers = [texts.layer("lstm", each) for each in directions]
    return Network(layers, 2, READOUT, outputs=2) if readout else Network(layers, 2)


DIRECTIONS = [("forward",), ("backward",), ("both",), ("forward", "forward"), ("both", "backward"), ("backward", "both")]


@pytest.mark.parametrize("directions", DIRECTIONS, ids=" ".join)
def test_all_gradients_are_those_of_the_reference(directions: tuple[str, ...]) -> None:
    net = network(*directions)
    for seed, lead in enumerate(((), (2,))):
        given = reference.numbers(net, seed, 4, lead)
        reference.same(reference.found(net, given), reference.expected(net, given))


@pytest.mark.parametrize("directions", DIRECTIONS, ids=" ".join)
@pytest.mark.parametrize("chunk", [1, 3, 100])
def test_frames_are_the_gradient(directions: tuple[str, ...], chunk: int) -> None:
    net = network(*directions)
    given = reference.numbers(net, 3, 7)
    trace = net.run(given.parameters, given.inputs, initial=given.initial)
    whole = trace.gradient(given.outside)
    edges = []
    for first, stop, part in trace.gradient_frames(given.outside, chunk):
        edges.append((first, stop))
        for name in trace.values:
            np.testing.assert_allclose(part.read(name, first, stop), whole[name][first:stop], rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(part.read("main.0.forward.x", first, stop), whole.inputs[first:stop], rtol=1e-11, atol=1e-13)
        # what is asked for half way is worked out again at the end
        _ = part.parameters, part.initial, part.values
    assert [stop for _, stop in edges] == list(range(7, 0, -chunk))
    assert [first for first, _ in edges] == [max(0, stop - chunk) for _, stop in edges]
    for group in ("parameters", "initial", "values"):
        for name, array in getattr(whole, group).items():
            np.testing.assert_allclose(getattr(part, group)[name], array, rtol=1e-11, atol=1e-13, err_msg=name)
    np.testing.assert_allclose(part.inputs, whole.inputs, rtol=1e-11, atol=1e-13)


def test_names_of_a_gradient() -> None:
    net = network("forward", "both")
    given = reference.numbers(net, 4, 4, (3,))
    trace = net.run(given.parameters, given.inputs, initial=given.initial)
    gradient = trace.gradient(given.outside)
    assert set(gradient.values) == set(trace.values)
    assert set(gradient.parameters) == set(net.parameters)
    assert set(gradient.initial) == set(trace.last)
    for name, array in trace.values.items():
        assert gradient[name].shape == array.shape
        np.testing.assert_array_equal(gradient.values[name], gradient[name])
    for name, array in given.parameters.items():
        assert gradient.parameters[net.short(name)].shape == array.shape
    np.testing.assert_array_equal(gradient["x"], gradient.inputs)
    np.testing.assert_array_equal(gradient["1.c_prev"][0], gradient.initial["1.c"])
    np.testing.assert_array_equal(gradient["2.backward.c_prev"][-1], gradient.initial["2.backward.c"])
    with pytest.raises(NetworkError, match=r"'1\.W_i' is a parameter and has no value of its own at each step"):
        gradient["1.W_i"]
    with pytest.raises(NetworkError, match="nothing here is called 'nonsense'"):
        gradient["nonsense"]


@pytest.mark.parametrize("directions", DIRECTIONS, ids=" ".join)
def test_no_loss_no_gradient(directions: tuple[str, ...]) -> None:
    net = network(*directions)
    given = reference.numbers(net, 5, 3)
    trace = net.run(given.parameters, given.inputs)
    nothing = trace.gradient({})
    zero = trace.gradient({name: np.zeros_like(array) for name, array in given.outside.items()})
    for gradient in (nothing, zero):
        for group in (gradient.values, gradient.parameters, gradient.initial):
            assert not any(array.any() for array in group.values())
        assert gradient.inputs.tolist() == [[0, 0]] * 3
    assert {name: array.shape for name, array in nothing.parameters.items()} == net.parameters


def test_only_what_a_loss_depends_on_has_a_gradient() -> None:
    net = network("forward", "forward")
    given = reference.numbers(net, 6, 4)
    trace = net.run(given.parameters, given.inputs)
    below = trace.gradient({"1.c": np.ones((4, 3))})
    assert not any(below.parameters[name].any() for name in below.parameters if not name.startswith("main.1."))
    assert not below["2.h"].any()
    assert not below["readout.y"].any()
    assert below.inputs.all()
    late = np.zeros((4, 3))
    late[1] = 1
    early = trace.gradient({"2.h": late})
    assert early.inputs[:2].all()
    assert not early.inputs[2:].any()


def test_a_gradient_given_twice_over_is_added_up() -> None:
    net = network("forward", "forward")
    given = reference.numbers(net, 7, 4)
    trace = net.run(given.parameters, given.inputs)
    ones, twos = np.ones((4, 3)), np.full((4, 2), 2.0)
    both = trace.gradient({"1.h": ones, "readout.y": twos})
    one, two = trace.gradient({"1.h": ones}), trace.gradient({"readout.y": twos})
    for name, array in both.parameters.items():
        np.testing.assert_allclose(array, one.parameters[name] + two.parameters[name], rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(both.inputs, one.inputs + two.inputs, rtol=1e-11)


def test_gradients_of_one_trace_do_not_disturb_each_other() -> None:
    net = network("both")
    given = reference.numbers(net, 8, 4, share=1.0)
    trace = net.run(given.parameters, given.inputs, initial=given.initial)
    names = list(given.outside)
    chosen = [names[-1:], names[:3], names[-1:], names[2:9], names]
    many = [{name: (1 + n) * given.outside[name] for name in some} for n, some in enumerate(chosen)]
    wanted = [reference.expected(net, Numbers(given.parameters, given.inputs, given.initial, each)) for each in many]
    gradients = [trace.gradient(outside) for outside in many]
    for _ in range(2):
        for gradient, expected in zip(gradients, wanted, strict=True):
            for name, array in expected.gradients.items():
                np.testing.assert_allclose(gradient[name], array, rtol=1e-9, atol=1e-11, err_msg=name)
            for name, array in expected.parameters.items():
                np.testing.assert_allclose(gradient.parameters[name], array, rtol=1e-9, atol=1e-11, err_msg=name)


def test_arrays_handed_out_are_copies() -> None:
    net = network("both", "forward")
    given = reference.numbers(net, 9, 4, share=1.0)
    outside = {name: array.copy() for name, array in given.outside.items()}
    trace = net.run(given.parameters, given.inputs, initial=given.initial)
    gradient = trace.gradient(outside)
    for array in outside.values():
        array[...] = np.nan
    wanted = reference.expected(net, given)
    for name, array in wanted.gradients.items():
        np.testing.assert_allclose(gradient[name], array, rtol=1e-9, atol=1e-11, err_msg=name)
    for name in trace.values:
        gradient[name][...] = np.nan
        gradient.read(name, 1, 3)[...] = np.nan
    gradient.inputs[...] = np.nan
    for name, array in wanted.gradients.items():
        np.testing.assert_allclose(gradient[name], array, rtol=1e-9, atol=1e-11, err_msg=name)
    for array in (*gradient.parameters.values(), *gradient.initial.values(), *gradient.values.values()):
        array[...] = np.nan
    reference.same(reference.read(trace, given.outside, net), wanted)


def test_float32_all_the_way() -> None:
    net = network("both", "forward")
    given = reference.numbers(net, 10, 4, (2,))
    trace = net.run(given.parameters, given.inputs, initial=given.initial, dtype="float32")
    ours = reference.read(trace, given.outside, net)
    arrays = [a for g in (ours.values, ours.before, ours.gradients, ours.parameters, ours.initial) for a in g.values()]
    assert {array.dtype for array in [*arrays, ours.inputs, *trace.last.values()]} == {np.dtype(np.float32)}
    reference.same(ours, reference.expected(net, given), 1e-5)
    assert ours.largest() != reference.expected(net, given).largest()


def test_overflow_goes_on_without_a_warning() -> None:
    net = Network([texts.layer("linear-rnn")], 1)
    parameters = {"W": np.ones((3, 1)), "U": np.full((3, 3), 1000.0)}
    trace = net.run(parameters, np.ones((120, 1)))
    assert np.isinf(trace["h"][-1]).all()
    assert np.isfinite(trace["h"][80]).all()
    outside = np.zeros((120, 3))
    outside[-1] = 1
    gradient = trace.gradient({"h": outside})
    assert np.isinf(gradient["h"][0]).all()
    assert np.isfinite(gradient["h"][-50:]).all()
    assert not np.isfinite(gradient.parameters["U"]).any()
    assert np.isfinite(net.run({**parameters, "U": np.zeros((3, 3))}, np.ones((120, 1))).gradient({"h": outside}).inputs).all()


@pytest.mark.parametrize("name", ["lstm", "gru", "scrn", "jordan", "softplus"])
def test_overflow_in_any_cell(name: str) -> None:
    net = texts.network(name)
    given = reference.numbers(net, 1, 6, scale=1e200, share=1.0)
    found = reference.found(net, given)
    assert found.values.keys() == {place.address(v.name) for place in net.places for v in place.program.values}
    gates = [found.values[name] for name in found.values if name.endswith((".i", ".f", ".o"))]
    assert all(np.isfinite(gate).all() for gate in gates)
