"""Chinese as it is set: no space between two characters, none after a sign that brings its own."""

from __future__ import annotations

import json
import re

import pytest

from app.lessons import load_lessons
from tests.house.tree import ROOT, nothing, read

HAN = r"[\u2e80-\u9fff\uf900-\ufaff]"
SIGN = "[，。、；：？！（）《》「」“”]"
LOOSE = re.compile(rf"{HAN}[ \t]+{HAN}|{SIGN}[ \t]+(?!\n)|[ \t]+(?:[，。、；：？！）》」])")
#: what Markdown and the loader take away: an address behind a heading
ADDRESS = re.compile(r"[ \t]+[{｛][^{}｛｝]*[}｝][ \t]*$", re.MULTILINE)


def loose(text: str) -> list[str]:
    """The places with a space that does not belong there, each with some words around it."""
    plain = ADDRESS.sub("", text)
    return [plain[max(0, found.start() - 12) : found.end() + 12] for found in LOOSE.finditer(plain)]


@pytest.mark.parametrize("text", ["也可以 输入", "一个数， 或者", "多少？ 现在", "一个 ，"])
def test_a_loose_space_is_found(text: str) -> None:
    assert len(loose(text)) == 1


@pytest.mark.parametrize("text", ["第 4 步的 `h`，是 3", "“留住”的 1", "## 怪权重吗？ {#not-the-weight}"])
def test_what_stands_beside_digits_and_letters_may_be_apart(text: str) -> None:
    assert loose(text) == []


def test_the_words_of_the_page() -> None:
    catalogues = (ROOT / "static" / "i18n" / "zh").glob("*.json")
    texts = {key: text for path in catalogues for key, text in json.loads(path.read_text("utf-8")).items()}
    nothing([f"{key}: {found}" for key, text in sorted(texts.items()) for found in loose(text)])


def test_the_texts_of_the_lessons() -> None:
    paths = sorted((ROOT / "app" / "lessons").glob("*/zh.md"))
    assert paths
    nothing([f"{path.parent.name}: {found}" for path in paths for found in loose(read(path.relative_to(ROOT)))])


def test_the_lessons_as_they_are_read() -> None:
    """Lines that were broken in the file are joined without a space."""
    said: list[str] = []
    for name, lesson in load_lessons().lessons.items():
        document = lesson.document()
        texts = [document["title"], document["chapter"], document["summary"], document["introduction"], document["view"]["note"]]
        for beat in document["beats"]:
            prediction = beat["prediction"] or {}
            texts += [beat["title"], beat["text"], beat["try"], prediction.get("question"), prediction.get("why")]
        joined = [re.sub(r"<[^>]+>", "", each["zh"]) for each in texts if each]
        said += [f"{name}: {found}" for text in joined for found in loose(text)]
    nothing(said)


def test_sentences_that_the_page_puts_together() -> None:
    page = json.loads((ROOT / "static" / "i18n" / "zh" / "page.json").read_text("utf-8"))
    assert page["page.gap"] == ""
