"""The texts of a lesson in all languages, joined by what they speak of; what one language lacks, another lends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt

from .answers import Data
from .faults import Place, Report, did_you_mean, listed
from .markup import quoted, render
from .outline import Beat, Outline
from .prose import Passage, Prose, Section
from .quoting import Quotes
from .table import FILE

#: the languages that every lesson should have; any other, `fr.md`, may be there too
LANGUAGES = {"en": "English", "zh": "Chinese"}

#: one text in every language
Words = dict[str, str]


class Wording:
    """Asked for a text, it gives every language's; what is missing is reported, once."""

    def __init__(self, proses: Mapping[str, Prose], markdown: MarkdownIt, quotes: Quotes, report: Report) -> None:
        self.proses = proses
        self.markdown = markdown
        self.quotes = quotes
        self.report = report

    def words(self, what: str, find: Callable[[Prose], str]) -> Words | None:
        """A plain text; None where no language has it."""
        return self._joined(what, {language: find(prose) for language, prose in self.proses.items()})

    def html(self, what: str, find: Callable[[Prose], Passage | None], beat: Data | None = None) -> Words | None:
        """A rendered text, its numbers being those of the beat that it belongs to; None where no language has it."""
        found: Words = {}
        for language, prose in self.proses.items():
            passage = find(prose)
            found[language] = self._rendered(passage, prose.file, beat) if passage else ""
        return self._joined(what, found)

    def _rendered(self, passage: Passage, file: str, beat: Data | None) -> str:
        def number(text: str, line: int) -> str:
            return self.quotes.number(text, beat, Place(self.report, file, line))

        return render(self.markdown, quoted(passage.tokens, number), self.quotes.lookup(beat))

    def _joined(self, what: str, found: Words) -> Words | None:
        written = {language: text for language, text in found.items() if text}
        if not written:
            return None
        lender = next(iter(written))
        for language in found.keys() - written.keys():
            message = f"{language}.md lacks {what}: the {LANGUAGES.get(lender, lender)} text is shown"
            self.report.remark(
                f"{language}.md", None, "missing-translation", message, f"translate it from {lender}.md", what=what
            )
        return {language: written.get(language, written[lender]) for language in (LANGUAGES | found)}


def name(wording: Wording, key: str) -> Words | None:
    """One line of the section of names."""
    return wording.words(f"the name '{key}'", lambda prose: prose.names.get(key, ""))


def part(wording: Wording, beat: Data, which: str) -> Words | None:
    """One part of a beat: its question, its reason, its suggestion."""
    id = beat["id"]

    def find(prose: Prose) -> Passage | None:
        section = prose.sections.get(id)
        return section.parts.get(which) if section else None

    return wording.html(f"the part '{{{which}}}' of the beat '{id}'", find, beat)


def check_texts(outline: Outline, proses: Mapping[str, Prose], report: Report) -> None:
    """Texts that speak of nothing, and beats of which no text speaks."""
    beats = {beat.id: beat for beat in outline.beats}
    for prose in proses.values():
        for id, section in prose.sections.items():
            if id not in beats:
                hint = did_you_mean(id, beats, listed(beats))
                message = f"lesson.toml has no beat '{id}'"
                report.fault(prose.file, section.line, "unknown-beat", message, hint, id=id)
            else:
                _check_section(beats[id], section, prose.file, report)
        _check_names(outline, prose, report)
    for beat in outline.beats:
        line = outline.positions.line(*beat.path, "id")
        sections = [prose.sections[beat.id] for prose in proses.values() if beat.id in prose.sections]
        if not sections:
            hint = f"add a heading to en.md: ## Heading {{#{beat.id}}}"
            report.fault(FILE, line, "missing-text", f"the beat '{beat.id}' has no text", hint, id=beat.id)
        for which in ("predict", "why") if beat.guess and sections else ():
            if not any(which in section.parts for section in sections):
                hint = f"add it below the beat's heading: ### Heading {{{which}}}"
                message = f"the prediction of '{beat.id}' has no text '{{{which}}}'"
                line = outline.positions.line(*beat.path, "prediction")
                report.fault(FILE, line, "missing-question", message, hint, id=beat.id, part=which)
    for what, ids in (("preset", outline.presets), ("variant", outline.variants)):
        for each in ids:
            key = f"{what} {each.id}"
            if each.id is not None and not any(key in prose.names for prose in proses.values()):
                hint = f"add a line to the section {{names}} of en.md: - {key}: ..."
                report.fault(FILE, None, "missing-name", f"the {what} '{each.id}' has no name", hint, id=each.id)


def _check_section(beat: Beat, section: Section, file: str, report: Report) -> None:
    if not section.text.tokens:
        message = f"the beat '{beat.id}' has a heading and no text"
        report.fault(file, section.line, "empty-section", message, "write some below the heading", id=beat.id)
    for which in ("predict", "why"):
        if which in section.parts and beat.guess is None:
            hint = "add [beats.prediction] to it in lesson.toml"
            message = f"'{{{which}}}' belongs to a prediction, and the beat '{beat.id}' asks for none"
            report.fault(file, section.parts[which].line, "stray-question", message, hint, id=beat.id, part=which)


def _check_names(outline: Outline, prose: Prose, report: Report) -> None:
    known = ["chapter", "note"]
    known += [f"preset {each.id}" for each in outline.presets if each.id is not None]
    known += [f"variant {each.id}" for each in outline.variants if each.id is not None]
    for key, line in prose.name_lines.items():
        if key not in known:
            hint = did_you_mean(key, known, listed(known))
            report.fault(prose.file, line, "stray-name", f"lesson.toml has no {key!r} to name", hint, name=key)
