"""A lesson's Markdown, cut at its headings.

    # Title
    One line that sums the lesson up.

    Introduction.

    ## Heading of a beat {#its-id}
    Text.
    ### Any words {predict}
    The question.
    ### Any words {why}
    The reason, shown after the answer.
    ### Any words {try}
    Something to try.

    ## Names {names}
    - chapter: ...
    - preset five: ...
    - variant exact: ...
    - note: ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .faults import Report, did_you_mean
from .markup import plain

PARTS = ("predict", "why", "try")
NAMES = "names"

#: a heading's address at its end; a Chinese keyboard gives the wide signs
_ADDRESS = re.compile(r"\s*[{｛]\s*(?P<hash>[#＃]?)\s*(?P<word>[^{}｛｝]*?)\s*[}｝]\s*\Z")
_NAME = re.compile(r"(?P<key>chapter|note|(?:preset|variant)\s+\S+?)\s*[:：]\s*(?P<text>.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some blocks of text, still as tokens: rendering needs the symbols of the network. Empty: nothing was written."""

    tokens: tuple[Token, ...] = ()
    line: int = 1


@dataclass(slots=True)
class Section:
    """What is said at one beat."""

    title: str
    line: int
    text: Passage = field(default_factory=Passage)
    parts: dict[str, Passage] = field(default_factory=dict)


@dataclass(slots=True)
class Prose:
    """One language's text. `names` has the keys as written: "chapter", "note", "preset five"."""

    file: str
    title: str = ""
    summary: str = ""
    introduction: Passage = field(default_factory=Passage)
    sections: dict[str, Section] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    name_lines: dict[str, int] = field(default_factory=dict)


def read_prose(text: str, file: str, markdown: MarkdownIt, report: Report) -> Prose:
    """The text of one language; whatever is misplaced is reported."""
    return _Reader(file, markdown, report).read(text)


class _Reader:
    def __init__(self, file: str, markdown: MarkdownIt, report: Report) -> None:
        self.prose = Prose(file)
        self.markdown = markdown
        self.report = report
        self.section: Section | None = None

    def read(self, text: str) -> Prose:
        blocks = _cut(self.markdown.parse(text))
        self.opening(blocks)
        in_names = False
        for heading, body in blocks:
            level, line = heading[0].tag, _line(heading[0])
            if level == "h1":
                self.fault(line, "second-title", "a second title", "there is one '#' heading; beats begin with '##'")
                continue
            title, hash, word = self.address(heading[1].content)
            passage = Passage(tuple(body), line)
            if level == "h2":
                in_names = not hash and word == NAMES
                self.section = None
                if in_names:
                    self.names(body)
                else:
                    self.beat(title, hash, word, passage)
            elif self.section is not None:
                self.part(self.section, hash, word, passage)
            elif not in_names and word:
                hint = "put it below the '##' heading of a beat"
                self.fault(line, "part-outside", f"'{{{word}}}' stands in no beat", hint, part=word)
        return self.prose

    def opening(self, blocks: list[tuple[list[Token], list[Token]]]) -> None:
        """The title, the summary and the introduction; a heading below the title belongs to neither."""
        _, before = blocks.pop(0)
        heading, body = blocks.pop(0) if blocks and blocks[0][0][0].tag == "h1" else ([], before)
        title = plain(heading[1]) if heading else ""
        line = _line(heading[0]) if heading else 1
        if not title or (heading and before):
            self.fault(1, "no-title", "the text does not begin with its title", "begin it with a line: # The title")
        self.prose.title = title
        if [token.type for token in body[:3]] == ["paragraph_open", "inline", "paragraph_close"]:
            self.prose.summary = plain(body[1])
            body = body[3:]
        else:
            hint = "write one sentence below the title, then an empty line"
            self.fault(line, "no-summary", "no summary follows the title", hint)
        self.prose.introduction = Passage(tuple(body), line)

    def beat(self, title: str, hash: str, word: str, passage: Passage) -> None:
        line = passage.line
        if not hash or not word:
            hint = "end the heading with the beat's id: ## Heading {#id}"
            message = f"the heading '{title[:80]}' names no beat"
            self.fault(line, "heading-without-id", message, hint, heading=title[:80])
            return
        if word in self.prose.sections:
            self.fault(line, "duplicate-section", f"the beat '{word}' has two headings", "keep one of them", id=word)
            return
        if not title:
            message = f"the heading of '{word}' has no words"
            self.fault(line, "empty-heading", message, "write some before {#id}", id=word)
        self.section = self.prose.sections[word] = Section(title, line, passage)

    def part(self, section: Section, hash: str, word: str, passage: Passage) -> None:
        line = passage.line
        if hash or word not in PARTS:
            hint = did_you_mean(word, PARTS, "end the heading with {predict}, {why} or {try}")
            self.fault(line, "unknown-part", f"unknown part '{word[:80]}' of a beat", hint, part=word[:80])
        elif word in section.parts:
            self.fault(line, "duplicate-part", f"two parts '{{{word}}}' in one beat", "join them", part=word)
        elif not passage.tokens:
            self.fault(line, "empty-part", f"'{{{word}}}' has no text", "write it below the heading", part=word)
        else:
            section.parts[word] = passage

    def names(self, body: list[Token]) -> None:
        for index, token in enumerate(body):
            if token.type != "inline" or body[max(0, index - 2)].type != "list_item_open":
                continue
            said, line = plain(token), _line(token)
            found = _NAME.match(said)
            if not found:
                hint = "write '- chapter: ...', '- preset its-id: ...', '- variant its-id: ...' or '- note: ...'"
                self.fault(line, "bad-name-line", f"'{said[:80]}' gives no name", hint, text=said[:80])
                continue
            key = " ".join(found["key"].split())
            if key in self.prose.names:
                self.fault(line, "duplicate-name", f"'{key}' is named twice", "keep one of them", name=key)
            self.prose.names[key], self.prose.name_lines[key] = found["text"], line

    def address(self, heading: str) -> tuple[str, str, str]:
        """A heading's words without its address, and the address."""
        found = _ADDRESS.search(heading)
        words = heading[: found.start()] if found else heading
        title = plain(self.markdown.parseInline(words)[0]) if words.strip() else ""
        return title, "#" if found and found["hash"] else "", found["word"] if found else ""

    def fault(self, line: int, code: str, message: str, hint: str, **args: str) -> None:
        self.report.fault(self.prose.file, line, code, message, hint, **args)


def _cut(tokens: list[Token]) -> list[tuple[list[Token], list[Token]]]:
    """Each heading of the first three levels with what follows it; the first part has no heading."""
    blocks: list[tuple[list[Token], list[Token]]] = [([], [])]
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2", "h3"):
            blocks.append((tokens[index : index + 3], []))
            index += 3
        else:
            blocks[-1][1].append(token)
            index += 1
    return blocks


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


__all__ = ["NAMES", "PARTS", "Passage", "Prose", "Section", "read_prose"]
