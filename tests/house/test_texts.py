"""What the page says: every text that it asks for is there in every language, and none is there that nothing asks for."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from app.engine import OPTIMISERS
from app.learning import CHOICES, WHOLE
from app.tasks import TASKS
from app.web.assets import modules, read_folder
from app.web.words import EARLY
from tests.house.tree import ROOT, files, nothing, read, without_comments

I18N = ROOT / "static" / "i18n"
FAMILIES = ("simple", "lstm", "gru", "slow", "other")
#: Keys that are put together, and what stands in the gap. Whoever builds another adds a line.
BUILT = {
    "table.${name}": ("loss", "loss-sum", "probability"),
    "losses.sum-kind.${loss.kind}": ("squared", "cross-entropy", "binary"),
    "worksheet.loss.${now.experiment.loss?.kind}": ("squared", "cross-entropy", "binary"),
    "layers.${direction}": ("forward", "backward"),
    "cell.${gateWord(node, number)}": ("open", "shut", "part", "open-keep", "shut-forget", "part-keep"),
    "cell.${name}": ("conveyor", "valves", "figure", "overview", "operations", "formulas"),
    "chart.${name}": ("values", "gradients"),
    "editor.offer.${kind}": ("value", "before", "input", "parameter", "constant", "function", "rule"),
    "files.layer-${direction}": ("backward", "both"),
    "home.${family}": FAMILIES,
    "home.${seen}": ("begun", "done"),
    "initial.kind.${name}": (
        "cell", "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch",
    ),
    "language.list.${key}": (
        "line", "comment", "input", "previous", "output", "parameter", "constant", "size", "start",
    ),
    "language.size.${value}": ("a number", "of unknown size"),
    "learning.rule.${name}": tuple(OPTIMISERS),
    "menu.${family}": FAMILIES,
    "menu.${name}": ("write", "files", "train"),
    "menu.${name}-note": ("write", "files", "train"),
    "network.${direction}": ("forward", "backward", "both"),
    "powers.${kind}": ("repeated", "fresh"),
    "powers.${activation}": ("linear", "tanh", "sigmoid"),
    "powers.${name}": (
        "sigmoid", "tanh", "relu", "linear", "lstm", "gru", "identity", "clockwork", "context",
        "radius", "gate", "drive", "gain", "layers", "seed",
    ),
    "powers.${name.split(\"-\")[0]}": ("linear",),
    "powers.${part}": ("shares", "weights", "repeated", "fresh"),
    "powers.${own.question}-reading": ("depth", "matrix", "gates", "others", "causes"),
    "powers.${own.question}-note": ("weight", "depth", "matrix", "gates", "others", "causes"),
    "powers.${own.question}-picture": ("weight", "depth", "matrix", "gates", "others", "causes"),
    "powers.question-${name}": ("weight", "depth", "matrix", "gates", "others", "causes"),
    "powers.scale-${name}": ("log", "linear"),
    "save.${key}": ("strip", "cell", "trace"),
    "signal.${WAVES[at]}": ("sine", "square", "ramp", "impulse", "noise"),
    "surface.${name}": ("map", "space", "target", "rate", "clip", "one", "ten", "run", "back", "take"),
    "train.${key}-${value}": (
        *(f"{key}-{name}" for key in ("start", "optimiser", "schedule", "clip", "direction") for name in CHOICES[key][1]),
        "readout-last", "readout-every",
    ),
    "train.${measure}-over": ("loss", "right"),
    "train.${name}": (
        "loss", "right", "log", "linear", "update", "held", "speed", "left", "step", "inputs", "target", "answer", "flow",
    ),
    "train.about-${task.name}": (
        *TASKS,
    ),
    "train.source-${task.name}": (
        *TASKS,
    ),
    "train.baseline-${task.name}": (
        *TASKS,
    ),
    "train.cell-${name}": ("simple-rnn", "lstm", "gru", "relu-rnn"),
    "train.fixed-${field.fixed}": ("ahead", "last", "open"),
    "train.stage-${fault.why}": ("missing", "shape", "extra", "infinite"),
    "train.cut-${key}": ("equations", "weights"),
    "train.link-${key}": ("equations", "weights"),
    "train.goal-${of}": ("loss", "accuracy"),
    "train.unreached-${of}": ("loss", "accuracy"),
    "train.recipe-${name}": ("network", "goal", "paper", "here", "seconds"),
    "train.group-${name}": ("task", "network", "learning", "data"),
    "train.is-${status}": ("new", "asked", "going", "paused", "finished", "stopped", "halted", "refused", "away"),
    "train.race-${name}": ("stage", "remember", "bit", "parity", "grammar"),
    "train.set-${name}": (
        "task", "equations", *CHOICES, *WHOLE, "rate", "clip_at", "schedule_factor",
        *(one.name for rule in OPTIMISERS.values() for one in rule.settings),
        *(one.name for task in TASKS.values() for one in task.settings),
    ),
    'strip.layer-${own.direction}${form === "short" ? "-short" : ""}': (
        "forward", "backward", "forward-short", "backward-short",
    ),
}  # fmt: skip
#: Keys whose end comes from the engine, with the words of Python that say it; tests/web/test_words.py looks the other way.
GIVEN = ("label.${label}", "language.${code}.hint", "language.function.${name}", "language.sign.${sign}")
GAP = r"\$\{(?:[^{}`]|\{[^{}]*\})*\}"


@cache
def catalogue(language: str) -> dict[str, str]:
    return {
        key: text for path in (I18N / language).glob("*.json") for key, text in json.loads(path.read_text()).items()
    }


LANGUAGES = sorted(path.name for path in I18N.iterdir())


@cache
def asked() -> tuple[dict[str, str], dict[str, str]]:
    """Whole keys and built ones, in scripts and templates, each with the file where it stands."""
    part = "|".join(sorted({key.split(".")[0] for key in catalogue("en")}))
    whole: dict[str, str] = {}
    built: dict[str, str] = {}
    for path in [*files("static", ".js"), *files("templates", ".html")]:
        text = without_comments(read(path))
        whole |= dict.fromkeys(re.findall(rf"""["']((?:{part})(?:\.[\w@-]+)+)["']""", text), path.as_posix())
        built |= dict.fromkeys(re.findall(rf"`((?:{part})\.(?:[\w.-]|{GAP})*)`", text), path.as_posix())
    return whole, built


def filled(pattern: str, ends: tuple[str, ...]) -> set[str]:
    """The keys that come of a built one."""
    first = pattern.index("$")
    last = pattern.rindex("}") + 1
    return {pattern[:first] + end + pattern[last:] for end in ends}


def built_keys() -> set[str]:
    return {key for pattern, ends in BUILT.items() for key in filled(pattern, ends)}


def test_the_source_of_a_task_is_told_in_the_page_as_the_task_has_it() -> None:
    assert {name: task.source for name, task in TASKS.items()} == {
        name: catalogue("en")[f"train.source-{name}"] for name in TASKS
    }


def test_every_built_key_is_known_here() -> None:
    _, built = asked()
    assert set(built) == {*BUILT, *GIVEN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_is_asked_for_is_there(language: str) -> None:
    whole, _ = asked()
    known = catalogue(language)
    nothing([f"{place}: {key}" for key, place in sorted(whole.items()) if key not in known])
    nothing(sorted(built_keys() - set(known)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_asked_for(language: str) -> None:
    whole, _ = asked()
    wanted = {*whole, *built_keys()}
    known = {key for key in catalogue(language) if key.split(".")[0] not in ("label", "problem", "language", "training")}
    nothing(sorted(key for key in known if not {key, key.removesuffix(".one")} & wanted))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_one_that_the_server_or_the_page_can_have(language: str) -> None:
    sources = "".join(read(path) for path in files("app", ".py"))
    codes = set(re.findall(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"', sources))
    codes |= {f"unknown-{name}" for name in codes}
    codes |= set(re.findall(r'refused\("([a-z-]+)"', "".join(read(path) for path in files("static", ".js"))))
    whole, _ = asked()
    ours = {*whole, *built_keys()}
    told = {key: key.split(".") for key in catalogue(language) if key.startswith(("problem.", "language.", "training."))}
    rest = {key: parts[1] for key, parts in told.items() if key not in ours and parts[1] not in ("function", "sign")}
    nothing(sorted(key for key, code in rest.items() if code not in codes))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_one_that_a_cell_gives(language: str) -> None:
    sources = "".join(read(path) for path in files("app", ".cell", ".toml", ".py"))
    whole, _ = asked()
    labels = {key for key in catalogue(language) if key.startswith("label.")} - set(whole)
    nothing(sorted(key for key in labels if not re.search(rf"[:\"] *{re.escape(key[6:])} *[\"\n]", sources)))


#: A view that is loaded later: its line in static/later.js, the catalogues and the scripts that it names there.
LATER = re.compile(r"^  (\w+): \{ (.*)\},$", re.MULTILINE)
CATALOGUES = re.compile(r"words: \[([^\]]*)\]")
SCRIPTS = re.compile(r"import\(\"\./([^\"]+)\"\)")
#: Problems are told by whoever has asked for their words, sides where networks are compared, and then those words are there.
ELSEWHERE = {("state/words.js", "language"), ("state/sidename.js", "compare")}


def test_a_view_that_is_loaded_later_brings_the_words_that_it_says() -> None:
    """A key without its words is said itself."""
    assets = read_folder(ROOT / "static")
    parts = "|".join(path.stem for path in (I18N / "en").glob("*.json"))
    found = LATER.findall(read(ROOT / "static" / "later.js"))
    assert len(found) > 30
    wrong = []
    for view, line in found:
        named = CATALOGUES.search(line)
        brought = {*EARLY, *re.findall(r"\w+", named[1] if named else "")}
        for script in {each for start in SCRIPTS.findall(line) for each in modules(assets, start)}:
            said = set(re.findall(rf"""["'`]({parts})\.[\w@$-]""", assets[script].content.decode()))
            wrong += [f"{view}: {script} says {part}" for part in said - brought if (script, part) not in ELSEWHERE]
    nothing(sorted(wrong))
