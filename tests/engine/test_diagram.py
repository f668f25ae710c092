from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given

from app.cells import load
from app.engine import Diagram, Program, define, draw
from app.engine.diagram import GATE, LEVELS, OPERATION
from app.engine.expr import Apply, names, walk
from tests.engine.strategies import Written, cells
from tests.engine.texts import ALL, cell


def arrows(diagram: Diagram) -> list[str]:
    return [f"{e.source} > {e.target}" for e in diagram.edges]


def test_the_memory_cell_at_gate_level() -> None:
    diagram = draw(load("memory-cell").program)
    assert diagram.level == "gate"
    assert [(n.id, n.kind, n.op, n.role, n.label, n.of, n.rank) for n in diagram.nodes] == [
        ("z", "value", "affine", "value", "candidate", "z", 1),
        ("x", "input", "", "input", "x", "", 0),
        ("i", "value", "sigmoid", "gate", "input gate", "i", 1),
        ("f", "value", "sigmoid", "gate", "forget gate", "f", 1),
        ("o", "value", "sigmoid", "gate", "output gate", "o", 1),
        ("c_prev", "before", "", "state", "c_prev", "c", 0),
        ("c/0", "op", "mul", "", "×", "c", 2),
        ("c/1", "op", "mul", "", "×", "c", 2),
        ("c/", "op", "add", "", "+", "c", 3),
        ("c", "value", "", "state", "cell state", "c", 4),
        ("y/", "op", "mul", "", "×", "y", 5),
        ("y", "value", "", "output", "output", "y", 6),
    ]
    assert arrows(diagram) == [
        "x > z", "x > i", "x > f", "x > o", "f > c/0", "c_prev > c/0", "i > c/1", "z > c/1", "c/0 > c/", "c/1 > c/", "c/ > c",
        "o > y/", "c > y/", "y/ > y",
    ]  # fmt: skip
    assert [e.source for e in diagram.edges if e.when == "before"] == ["c_prev"]


def test_the_lstm_at_gate_level_is_its_gates_products_and_sums() -> None:
    diagram = draw(load("lstm").program)
    assert [n.id for n in diagram.nodes if n.kind == "value"] == ["i", "f", "o", "g", "c", "h:tanh", "h"]
    assert Counter(n.op for n in diagram.nodes if n.kind == "op") == {"mul": 3, "add": 1}
    assert [e.source for e in diagram.edges if e.target == "f"] == ["x", "h_prev"]


def test_the_linear_cell_with_every_operation() -> None:
    diagram = draw(load("linear-rnn").program, OPERATION)
    assert [(n.id, n.kind, n.label, n.rank) for n in diagram.nodes] == [
        ("W", "parameter", "W", 0),
        ("x", "input", "x", 0),
        ("h/0", "op", "·", 1),
        ("U", "parameter", "U", 0),
        ("h_prev", "before", "h_prev", 0),
        ("h/1", "op", "·", 1),
        ("h/", "op", "+", 2),
        ("h", "value", "hidden state", 3),
    ]
    assert arrows(diagram) == ["W > h/0", "x > h/0", "U > h/1", "h_prev > h/1", "h/0 > h/", "h/1 > h/", "h/ > h"]


def test_numbers_stand_in_their_operation_at_gate_level() -> None:
    program = define("t", "z = sigmoid(W @ x)\nh = (1 - z) * h_prev + 0.5 * z").program
    assert [n.label for n in draw(program).nodes if n.kind == "op"] == ["1 −", "×", "0.5 ×", "+"]
    assert [n.id for n in draw(program, OPERATION).nodes if n.kind == "number"] == ["number 1", "number 0.5"]


def test_a_value_that_is_not_weighted_is_added_in_a_node_of_its_own() -> None:
    program = define("t", "s = W @ x\nh = s + U @ h_prev + b\ny = tanh(s + V @ h)").program
    diagram = draw(program)
    assert [(n.id, n.op, n.label, n.rank) for n in diagram.nodes if n.kind in ("op", "value")] == [
        ("s", "affine", "", 1),
        ("h/0.1", "matmul", "U ·", 1),
        ("h/0", "add", "+", 2),
        ("h/", "add", "+ b", 3),
        ("h", "", "", 4),
        ("y:in/1", "matmul", "V ·", 5),
        ("y:in/", "add", "+", 6),
        ("y", "tanh", "", 7),
    ]
    assert arrows(diagram) == [
        "x > s", "h_prev > h/0.1", "s > h/0", "h/0.1 > h/0", "h/0 > h/", "h/ > h", "h > y:in/1", "s > y:in/", "y:in/1 > y:in/",
        "y:in/ > y",
    ]  # fmt: skip


def test_what_a_matrix_multiplies_is_drawn_before_the_sum_that_it_stands_in() -> None:
    diagram = draw(load("gru").program)
    assert [(n.id, n.op, n.label, n.rank) for n in diagram.nodes if n.of == "n" and n.kind != "before"] == [
        ("n", "tanh", "candidate", 3),
        # its id is the way down the tree of n:in
        ("n:in/0.1.1", "mul", "×", 2),
    ]
    assert [e.source for e in diagram.edges if e.target == "n"] == ["x", "n:in/0.1.1"]
    assert [e.source for e in diagram.edges if e.target == "n:in/0.1.1"] == ["r", "h_prev"]


def test_a_gate_that_is_computed_from_another_is_a_gate() -> None:
    diagram = draw(load("lstm-coupled").program)
    assert [(n.id, n.role, n.label) for n in diagram.nodes if n.of == "f"] == [("f/", "", "1 −"), ("f", "gate", "forget gate")]


def test_a_limit_before_a_gate_is_a_node_of_its_own() -> None:
    text = "i = sigmoid(clip(W @ x + b, -3, 3))\nk = clip(V @ x, 0, 1)\nh = i * clip(h_prev, -1, 1) + k"
    diagram = draw(define("t", text).program)
    assert [(n.id, n.op, n.role, n.rank) for n in diagram.nodes if n.kind == "value"] == [
        ("i:in", "clip", "value", 1), ("i", "sigmoid", "gate", 2), ("k", "clip", "gate", 1), ("h:clip", "clip", "value", 1),
        ("h", "", "state", 5),
    ]  # fmt: skip


def test_the_json_form() -> None:
    data = draw(load("linear-rnn").program).to_data()
    assert json.loads(json.dumps(data)) == data
    keys = ("id", "kind", "name", "op", "role", "label", "of", "rank")
    rows: list[tuple[str | int, ...]] = [
        ("h", "value", "h", "affine", "state", "hidden state", "h", 1),
        ("x", "input", "x", "", "input", "x", "", 0),
        ("h_prev", "before", "h_prev", "", "state", "h_prev", "h", 0),
    ]
    assert data == {
        "level": "gate",
        "nodes": [dict(zip(keys, row, strict=True)) for row in rows],
        "edges": [
            {"from": "x", "to": "h", "name": "x", "when": "now"},
            {"from": "h_prev", "to": "h", "name": "h_prev", "when": "before"},
        ],
    }


def reach(links: dict[str, set[str]]) -> dict[str, set[str]]:
    """Everything that each thing depends on in any number of steps; fails where something depends on itself."""
    found: dict[str, set[str]] = {}

    def below(name: str, above: tuple[str, ...]) -> set[str]:
        assert name not in above, f"{name} depends on itself"
        if name not in found:
            direct = links.get(name, set())
            found[name] = direct.union(*(below(each, (*above, name)) for each in direct))
        return found[name]

    for name in links:
        below(name, ())
    return found


def complete(program: Program, level: str) -> None:
    """Acyclic, ranks rising along every edge, and saying of every value what it depends on: no more and no less."""
    diagram = draw(program, level)
    ids = [node.id for node in diagram.nodes]
    node = {each.id: each for each in diagram.nodes}
    assert len(set(ids)) == len(ids)
    pairs = [(e.source, e.target) for e in diagram.edges]
    assert len(set(pairs)) == len(pairs)
    drawn: dict[str, set[str]] = {id: set() for id in ids}
    for source, target in pairs:
        assert node[source].rank < node[target].rank
        drawn[target].add(source)
    for id, sources in drawn.items():
        # the longest way from what is given
        assert node[id].rank == max((node[source].rank + 1 for source in sources), default=0)
    for edge in diagram.edges:
        assert edge.when == ("before" if node[edge.source].kind == "before" else "now")

    still = {*program.parameter, *program.constants, *program.fixed}
    shown = {n.name for n in diagram.nodes if n.name}
    values = {v.name for v in program.values}
    read = {name for each in program.lowered for name in names(each.expr)}
    if level == OPERATION:
        wanted = {e.target for e in program.lowered} | read
        operations = sum(
            isinstance(part, Apply) and part.op not in ("every", "slower") for each in program.lowered for part in walk(each.expr)
        )
        named = {each.target for each in program.lowered if isinstance(each.expr, Apply) and node[each.target].op}
        assert operations == sum(n.kind == "op" for n in diagram.nodes) + sum(node[n].op not in ("every", "slower") for n in named)
    else:
        wanted = {v.name for v in program.values if not v.name.endswith(":in")} | (read - values - still)
        assert not shown & still
    assert wanted <= shown
    assert {n.id for n in diagram.nodes if n.kind == "before"} == {name for name in read if name.endswith("_prev")}

    truth = reach({e.target: set(names(e.expr)) for e in program.lowered})
    found = reach(drawn)
    for name in shown & values:
        assert {node[id].name for id in found[name]} - {""} == truth[name] & shown, name


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", ALL)
def test_the_diagram_of_every_cell_is_complete(name: str, level: str) -> None:
    complete(cell(name)[0].program, level)


@given(cells())
def test_the_diagram_of_any_cell_is_complete(written: Written) -> None:
    for level in (GATE, OPERATION):
        complete(written.cell.program, level)
