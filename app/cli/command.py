"""The `unrolled` command: serves the page, lists lessons, prints traces and code, inspects files, trains networks."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn

from app.blas import THREADS
from app.engine import Problem, ProblemError, suggestion
from app.formats import TARGETS, inspect, inspection_table, read_path
from app.lessons import Shelf, load_lessons
from app.main import create_app
from app.session.report import Report, lesson_report
from app.session.source import source
from app.session.tables import csv_text, json_text, table
from app.web import logs
from app.web.files import VERSION
from app.web.server import Server, address_of, configuration, listen, open_browser, run
from app.web.settings import Settings

from . import recipe, train

FAILED = 1
MISUSED = 2
FORMATS = ("table", "json", "csv")
OPTIONS = (
    "--allow-host", "--format", "--gradients", "--help", "--host", "--lessons", "--no-browser", "--port", "--preset",
    "--to", "--variant", "--version", *train.OPTIONS, *recipe.OPTIONS,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code: 0, 1 for something wrong in a lesson, 2 for a wrong use."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        _check_options(given)
        options = _parser().parse_args(given)
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except ProblemError as error:
        _complain(error.problems)
        return MISUSED
    except BrokenPipeError:  # the reader of our output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _check_options(given: Sequence[str]) -> None:
    """argparse takes what follows a misspelt option for a command, and complains of that."""
    for word in given:
        name = word.partition("=")[0]
        if name.startswith("--") and name not in OPTIONS:
            close = suggestion(name, OPTIONS)
            hint = f"did you mean {close}?" if close else "see unrolled --help"
            raise ProblemError([Problem("unknown-option", f"there is no option {name}", {"option": name}, hint)])


def serve(options: argparse.Namespace) -> int:
    """Serves the page until Ctrl-C."""
    settings = Settings.from_environment(os.environ)
    given = {name: getattr(options, name) for name in ("host", "port", "lessons") if getattr(options, name) is not None}
    settings = replace(settings, **given, allow_hosts=(*settings.allow_hosts, *options.allow_host))
    _check_open(settings)
    listening = listen(settings.host, settings.port)
    with listening:
        settings = replace(settings, port=listening.getsockname()[1])
        app = create_app(settings)
        logs.install()
        address = address_of(settings.host, settings.port)

        def opened() -> None:
            print(f"Unrolled is at {address}", *_other_addresses(settings), "Press Ctrl-C to stop.", sep="\n", flush=True)
            if not options.no_browser:
                open_browser(address)

        run(Server(configuration(app, settings.message_bytes), app.state.visitors, opened), listening)
    return 0


def lessons(options: argparse.Namespace) -> int:
    """Lists the lessons, and what is wrong with those that cannot be used."""
    shelf = _shelf(options)
    width = max((len(each) for each in shelf.lessons), default=0)
    for each, lesson in shelf.lessons.items():
        document = lesson.document()
        chapter = document["chapter"]["en"]
        print(f"{each:{width}}  {document['title']['en']}{f'  ({chapter})' if chapter else ''}")
    _complain(shelf.problems)
    # a lesson that has remarks only, a translation that is missing say, is one of the lessons
    return FAILED if shelf.faults.keys() - shelf.lessons.keys() else 0


def trace(options: argparse.Namespace) -> int:
    """Prints every value of a lesson, step by step."""
    shelf = _shelf(options)
    lesson = shelf.lesson(options.lesson)
    report = lesson_report(lesson, options.preset, options.variant, options.gradients)
    print(_formatted(report, options.format))
    return 0


def written(options: argparse.Namespace) -> int:
    """Prints a cell or a lesson as source code."""
    sizes = dict(options.sizes)
    print(source(_shelf(options), options.name, options.to, sizes, options.preset, options.variant), end="")
    return 0


def inspected(options: argparse.Namespace) -> int:
    """Prints what a file of another library holds, and why some of its layers are no network here."""
    found = inspect(read_path(options.file, dict(options.told)))
    if options.format == "json":
        print(json.dumps(found.to_data(), allow_nan=False))
    else:
        print(inspection_table(found, shutil.get_terminal_size((100, 24)).columns))
    _complain(found.problems)
    return FAILED if found.problems else 0


def _formatted(report: Report, form: str) -> str:
    if form == "json":
        return json_text(report)
    if form == "csv":
        return csv_text(report)
    return table(report, shutil.get_terminal_size((100, 24)).columns)


def _shelf(options: argparse.Namespace) -> Shelf:
    return load_lessons(options.lessons or Settings.from_environment(os.environ).lessons)


def _check_open(settings: Settings) -> None:
    """Other machines may only be let in under names that were chosen on purpose."""
    if settings.allow_hosts or _is_loopback(settings.host):
        return
    message = f"--host {settings.host} lets other machines in, so say which name they will use"
    hint = "add --allow-host NAME, with the name or address that stands in their browsers; repeat it for several"
    raise ProblemError([Problem("name-needed", message, {"host": settings.host}, hint)])


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _other_addresses(settings: Settings) -> list[str]:
    return [
        f"  and at {name if '://' in name else f'http://{name}' + ('' if _has_port(name) else f':{settings.port}')}/"
        for name in settings.allow_hosts
    ]


def _has_port(name: str) -> bool:
    return ":" in name.rpartition("]")[2]


def _complain(problems: Sequence[Problem]) -> None:
    for each in problems:
        place = ":".join(str(part) for part in (each.file, each.line) if part)
        print(f"unrolled: {place + ': ' if place else ''}{each.message}", file=sys.stderr)
        if each.hint:
            print(f"          {each.hint}", file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    """argparse, that also says what to do."""

    def error(self, message: str) -> NoReturn:
        print(f"unrolled: {message}\n          see {self.prog} --help", file=sys.stderr)
        self.exit(MISUSED)


class _Mixed(_Parser):
    """One whose words may also stand after its options: argparse alone takes them only where it finds the first."""

    _inside = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._inside:
            return super().parse_known_args(args, namespace)
        self._inside = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._inside = False


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="unrolled",
        description="An interactive explorer of recurrent networks. Without a command it serves the page.",
        allow_abbrev=False,
    )
    about = f"unrolled {VERSION} (Python {platform.python_version()}, BLAS threads: {THREADS})"
    parser.add_argument("--version", action="version", version=about)
    parser.add_argument("--host", help="address to listen at (default: 127.0.0.1, this machine only)")
    parser.add_argument("--port", type=_port, help="port to listen at, 0 for any free one (default: 8421)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a further name of this server: NAME, NAME:PORT, or https://NAME behind a proxy; can be repeated",
    )
    _lessons_option(parser)
    parser.set_defaults(run=serve, lessons=None)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Mixed)
    listing = commands.add_parser("lessons", help="list the lessons", allow_abbrev=False)
    _lessons_option(listing)
    listing.set_defaults(run=lessons)
    printing = commands.add_parser("trace", help="print every value of a lesson, step by step", allow_abbrev=False)
    printing.add_argument("lesson", metavar="LESSON", help="a name that `unrolled lessons` lists")
    printing.add_argument("--preset", help="another of the lesson's sequences")
    printing.add_argument("--variant", help="another of the lesson's cells")
    printing.add_argument("--format", choices=FORMATS, default="table", help="table (default), json or csv")
    printing.add_argument("--gradients", action="store_true", help="print every gradient as well")
    _lessons_option(printing)
    printing.set_defaults(run=trace)
    writing = commands.add_parser(
        "code", help="print a cell or a lesson as source code for NumPy, PyTorch or Keras", allow_abbrev=False
    )
    writing.add_argument("name", metavar="CELL|LESSON", help="a cell (lstm, gru, ...), or a lesson with its weights")
    writing.add_argument(
        "sizes", type=_size, nargs="*", metavar="SIZE=N", help="sizes of a cell: units=4, inputs=3, outputs=2"
    )
    writing.add_argument("--to", choices=TARGETS, default="numpy", help="numpy (default), pytorch or keras")
    writing.add_argument("--preset", help="another of the lesson's sequences")
    writing.add_argument("--variant", help="another of the lesson's cells")
    _lessons_option(writing)
    writing.set_defaults(run=written)
    looking = commands.add_parser(
        "inspect", help="print what a file of PyTorch, Keras, ONNX or NumPy holds", allow_abbrev=False
    )
    looking.add_argument("file", type=Path, metavar="FILE", help="safetensors, .npz, .npy, .pt, .keras, .h5 or .onnx")
    looking.add_argument(
        "told",
        type=_told,
        nargs="*",
        metavar="NAME=VALUE",
        help="what the file does not tell, by the library's own name: nonlinearity=relu, activation=tanh",
    )
    looking.add_argument("--format", choices=FORMATS[:2], default="table", help="table (default) or json")
    looking.set_defaults(run=inspected)
    learning = commands.add_parser("train", help="train a network on a task, and write its weights", allow_abbrev=False)
    train.add_arguments(learning)
    learning.set_defaults(run=train.train)
    trying = commands.add_parser("recipe", help="try for a paper's result with several seeds", allow_abbrev=False)
    recipe.add_arguments(trying)
    trying.set_defaults(run=recipe.recipe)
    return parser


def _lessons_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lessons", type=_folder, metavar="DIR", default=argparse.SUPPRESS, help="a folder with further lessons"
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a port; give a number from 0 to 65535, 0 for any free one")


def _size(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if name.isidentifier() and number.isascii() and number.isdigit() and int(number) > 0:
        return name, int(number)
    raise argparse.ArgumentTypeError(f"'{text}' is not SIZE=N, units=4 say")


def _told(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if name and sign and value:
        return name, value
    raise argparse.ArgumentTypeError(f"'{text}' is not NAME=VALUE, nonlinearity=relu say")


def _folder(text: str) -> Path:
    folder = Path(text)
    if folder.is_dir():
        return folder
    raise argparse.ArgumentTypeError(f"there is no folder '{text}'; give one that holds lessons, each in a folder")
