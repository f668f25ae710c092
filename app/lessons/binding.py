"""One folder to one lesson: its files are read, checked against each other and the engine, and bound together."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from app.cells import load
from app.engine import Network

from .answers import counts
from .faults import Report
from .files import read
from .fitting import Fitted, fit
from .lesson import Lesson
from .markup import make_markdown
from .networks import build_networks
from .outline import Outline
from .prose import Passage, Prose, read_prose
from .quoting import Quotes
from .reading import read_outline
from .table import FILE
from .trained import read_trained
from .wording import LANGUAGES, Wording, Words, check_texts, name, part

Data = dict[str, Any]

NOTHING = dict.fromkeys(LANGUAGES, "")


def bind(folder: Path, report: Report) -> Lesson | None:
    """The lesson in a folder, or None when something in it is at fault. All that is wrong is in the report."""
    outline = _outline(folder, report)
    markdown = make_markdown()
    texts = {language: _text(folder, language, report) for language in _languages(folder)}
    proses = {
        language: read_prose(text, f"{language}.md", markdown, report)
        for language, text in texts.items()
        if text is not None
    }
    _check_languages(folder, proses, report)
    if outline is None:
        return None
    check_texts(outline, proses, report)
    networks = build_networks(outline, folder.name, load, report)
    if not networks:
        return None
    trained = read_trained(folder, outline, report)
    fitted = fit(outline, networks, trained, report)
    if report.faulty:
        return None
    quotes = Quotes(outline, fitted, networks)
    wording = Wording(proses, markdown, quotes, report)
    return _sound(_lesson(folder.name, outline, fitted, networks, wording), report)


def _sound(lesson: Lesson, report: Report) -> Lesson | None:
    """None when its texts quote numbers that there are not."""
    return None if report.faulty else lesson


def _outline(folder: Path, report: Report) -> Outline | None:
    if not (folder / FILE).exists():
        hint = "write it beside the texts: it names the cell, the weights, the sequence and the beats"
        report.fault(FILE, None, "missing-file", f"there is no {FILE}", hint, file=FILE)
        return None
    text = read(folder, FILE, report)
    return None if text is None else read_outline(text, report)


def _languages(folder: Path) -> list[str]:
    """Those of every lesson, and others that this one has been translated into."""
    others = {path.stem for path in folder.glob("*.md") if re.fullmatch("[a-z]{2,3}", path.stem)}
    return [*LANGUAGES, *sorted(others - LANGUAGES.keys())]


def _text(folder: Path, language: str, report: Report) -> str | None:
    return read(folder, f"{language}.md", report) if (folder / f"{language}.md").exists() else None


def _check_languages(folder: Path, proses: dict[str, Prose], report: Report) -> None:
    absent = [language for language in LANGUAGES if not (folder / f"{language}.md").exists()]
    if len(absent) == len(LANGUAGES):
        report.fault("en.md", None, "missing-file", "there is no text: neither en.md nor zh.md", "write one of them")
        return
    for language in absent:
        other = next(each for each in LANGUAGES if each not in absent)
        message = f"there is no {language}.md: the {LANGUAGES[other]} text is shown"
        hint = f"translate {other}.md to offer the lesson in {LANGUAGES[language]} too"
        report.remark(f"{language}.md", None, "missing-language", message, hint, language=language)


def _lesson(
    id: str, outline: Outline, fitted: Fitted, networks: dict[str | None, Network], wording: Wording
) -> Lesson:
    sequences = {
        preset["id"]: {
            "sequence": {
                "inputs": preset["inputs"],
                "vocabulary": outline.vocabulary and list(outline.vocabulary),
                "words": preset["words"],
            },
            "loss": preset["loss"],
            "backward": preset["backward"],
        }
        for preset in fitted.presets
    }
    first = outline.beats[0]
    document = {
        "id": id,
        "order": outline.order,
        "title": wording.words("the title", lambda prose: prose.title) or NOTHING,
        "chapter": name(wording, "chapter") or NOTHING,
        "summary": wording.words("the summary", lambda prose: prose.summary) or NOTHING,
        "introduction": wording.html("the introduction", lambda prose: prose.introduction) or NOTHING,
        "beats": [_beat(beat, wording) for beat in fitted.beats],
        "presets": [
            {**preset, "title": name(wording, f"preset {preset['id']}") or NOTHING}
            for preset in fitted.presets
            if preset["id"] is not None
        ],
        "variants": [
            {
                "id": variant.id,
                "title": name(wording, f"variant {variant.id}") or NOTHING,
                "cell": variant.cell.name or id,
                **counts(networks[variant.id]),
            }
            for variant in outline.variants
            if variant.id is not None
        ],
        "view": {**fitted.view, "note": name(wording, "note") or NOTHING},
    }
    variants = {
        variant: {
            "network": network.description,
            "parameters": {"seed": outline.seed, "values": fitted.values[variant]},
            "initial": fitted.initial[variant],
        }
        for variant, network in networks.items()
    }
    spoken_of = {} if outline.view.unit is None else {"unit": outline.view.unit - 1}
    base = {
        "version": 1,
        "lesson": id,
        "cell": None,
        "lanes": [
            {"cell": variant.cell.name or id, **variants[variant.id]}
            for variant in outline.variants
            if variant.id is not None and variant.id == outline.view.beside
        ],
        "step": first.step,
        "view": {"direction": first.direction, **spoken_of, **fitted.beats[0]["study"]},
        "language": None,
    }
    return Lesson(id, outline.order, document, base, variants, sequences)


def _beat(beat: Data, wording: Wording) -> Data:
    id = beat["id"]

    def text(prose: Prose) -> Passage | None:
        section = prose.sections.get(id)
        return section.text if section else None

    def title(prose: Prose) -> str:
        section = prose.sections.get(id)
        return section.title if section else ""

    prediction = beat["prediction"] and {**beat["prediction"], **_question(beat, wording)}
    return {
        **beat,
        "title": wording.words(f"the heading of the beat '{id}'", title) or NOTHING,
        "text": wording.html(f"the text of the beat '{id}'", text, beat) or NOTHING,
        "try": part(wording, beat, "try"),
        "prediction": prediction,
    }


def _question(beat: Data, wording: Wording) -> dict[str, Words]:
    return {"question": part(wording, beat, "predict") or NOTHING, "why": part(wording, beat, "why") or NOTHING}
