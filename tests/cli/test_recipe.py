"""Recipes in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.cli import recipe as command
from app.cli.recipe import OPTIONS, table
from app.learning import Attempt, attempted, recipe_named, recipes
from tests.learning.tiny import RECIPE, made

QUICK = ("recipe", "slots", "--contender=elman")


def test_without_a_name_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("recipe",)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(recipes())
    assert all(each.title["en"] in line for each, line in zip(recipes().values(), lines, strict=True))


def test_it_says_what_was_published_what_came_of_each_seed_and_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main((*QUICK, "--seeds=2")) == 0
    out = capsys.readouterr().out
    slots = recipe_named("slots")
    assert slots.source in out
    assert slots.published["en"] in out
    assert "Elman: 100% right, at most 400 updates" in out
    for seed in range(2):
        assert f"Elman, seed {seed}: reached after {attempted(slots, slots.contender('elman'), seed).updates:,} updates" in out
    assert "2 of 2" in out.splitlines()[-1]
    assert "Jordan" not in out.split("\n\n", 1)[1]


def test_attempts_that_are_kept_are_not_made_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "slots.json"
    assert main((*QUICK, "--seeds=1", f"--keep={path}")) == 0
    first = json.loads(path.read_text("utf-8"))["attempts"]
    made_now: list[int] = []

    def counted(chosen: object, contender: object, seed: int, tell: object) -> Attempt:
        made_now.append(seed)
        return attempted(recipe_named("slots"), recipe_named("slots").contender("elman"), seed)

    monkeypatch.setattr(command, "attempted", counted)
    assert main((*QUICK, "--seeds=2", f"--keep={path}")) == 0
    assert made_now == [1]
    both = json.loads(path.read_text("utf-8"))["attempts"]
    assert both[0] == first[0]
    assert [each["seed"] for each in both] == [0, 1]
    assert "2 of 2" in capsys.readouterr().out


def test_several_processes_come_to_the_same(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert main((*QUICK, "--seeds=2", f"--keep={one}")) == 0
    assert main((*QUICK, "--seeds=2", "--jobs=2", f"--keep={two}")) == 0
    found = [json.loads(path.read_text("utf-8"))["attempts"] for path in (one, two)]
    assert [{**each, "seconds": 0} for each in found[0]] == [{**each, "seconds": 0} for each in found[1]]


def test_ctrl_c_ends_it_with_what_there_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(chosen: object, contender: object, seed: int, tell: object) -> Attempt:
        if seed == 1:
            raise KeyboardInterrupt
        return made("elman", seed)

    monkeypatch.setattr(command, "attempted", interrupted)
    assert main((*QUICK, "--seeds=3")) == 130
    assert "1 of 1" in capsys.readouterr().out.splitlines()[-1]


def test_the_table_leaves_out_what_nobody_has() -> None:
    found = [made("keeps", 0), made("forgets", 0, reached=False, updates=20, accuracy=0.5)]
    lines = table(RECIPE, found)
    assert lines[0].split() == ["reached", "updates", "sequences", "loss", "right", "seconds"]
    assert lines[1].split() == ["GRU", "1", "of", "1", "100", "(100", "to", "100)", "1,600", "0.2500", "100.0", "%", "0.5"]
    assert "none in 20" in lines[2]
    assert len({len(line) for line in lines}) == 1


def test_mistakes_are_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments, said in (
        (("recipe", "parity", "--contender=lstn"), "did you mean 'lstm'?"),
        (("recipe", "paritty"), "did you mean 'parity'?"),
        ((*QUICK, "--keeep=x"), "did you mean --keep?"),
        ((*QUICK, f"--keep={tmp_path / 'no' / 'where.json'}"), "there is no folder"),
    ):
        assert main(arguments) == 2
        assert said in capsys.readouterr().err
    for wrong in ("0", "many", "-1", "1001"):
        with pytest.raises(SystemExit):
            main((*QUICK, "--seeds", wrong))
        assert "number from 1 to 1000" in capsys.readouterr().err


def test_every_option_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(("recipe", "--help"))
    out = capsys.readouterr().out
    assert [option for option in OPTIONS if option not in out] == []
