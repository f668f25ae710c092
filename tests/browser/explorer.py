"""The page as a person knows it: its landmarks, and what can be done from anywhere."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.landmarks.arithmetic import Arithmetic
from tests.browser.landmarks.cell import Cell
from tests.browser.landmarks.chart import Chart
from tests.browser.landmarks.compare import Compare
from tests.browser.landmarks.editor import Editor
from tests.browser.landmarks.files import Files
from tests.browser.landmarks.header import Header
from tests.browser.landmarks.home import Home
from tests.browser.landmarks.initial import Initial
from tests.browser.landmarks.learning import Learning
from tests.browser.landmarks.lesson import Lesson
from tests.browser.landmarks.network import Network
from tests.browser.landmarks.powers import Powers
from tests.browser.landmarks.sequence import Sequence
from tests.browser.landmarks.share import Share
from tests.browser.landmarks.strip import Strip
from tests.browser.landmarks.surface import Surface
from tests.browser.landmarks.training import Training
from tests.browser.landmarks.transport import Transport
from tests.browser.landmarks.weights import Weights
from tests.browser.landmarks.wide import Wide
from tests.browser.words import Words


class Explorer:
    def __init__(self, page: Page, url: str, language: str = "en") -> None:
        self.page, self.url = page, url
        self.words = words = Words(language)
        self.header = Header(page, words)
        self.home = Home(page, words)
        self.lesson = Lesson(page, words)
        self.editor = Editor(page, words)
        self.files = Files(page, words)
        self.strip = Strip(page, words)
        self.cell = Cell(page, words)
        self.arithmetic = Arithmetic(page, words)
        self.chart = Chart(page, words)
        self.compare = Compare(page, words)
        self.transport = Transport(page, words)
        self.weights = Weights(page, words)
        self.initial = Initial(page, words)
        self.network = Network(page, words)
        self.sequence = Sequence(page, words)
        self.share = Share(page, words)
        self.wide = Wide(page, words)
        self.surface = Surface(page, words)
        self.learning = Learning(page, words)
        self.powers = Powers(page, words)
        self.training = Training(page, words)

    def open(self, lesson: str, **fields: str) -> None:
        """A lesson by its address, as a link does; returns when its first values are there."""
        address = "&".join([f"lesson={lesson}", *(f"{key}={value}" for key, value in fields.items())])
        self.page.goto(f"{self.url}#{address}")
        self.wait()

    def open_cell(self, name: str, **fields: str) -> None:
        """A cell of the library by its address."""
        address = "&".join([f"cell={name}", *(f"{key}={value}" for key, value in fields.items())])
        self.page.goto(f"{self.url}#{address}")
        self.wait()

    def wait(self) -> None:
        expect(self.strip.root.or_(self.wide.field)).to_be_visible()
        expect(self.transport.scrubber).to_be_visible()

    def speaking(self, language: str) -> Explorer:
        """The same page, looked for in another language."""
        return Explorer(self.page, self.url, language)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def notice(self, key: str, **args: object) -> Locator:
        """The sentence at the edge of the page that says what went wrong."""
        return self.page.get_by_role("status").filter(has_text=self.words.inside(key, **args))
