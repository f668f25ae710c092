"""Files from memory: the right kind, compressed once, and nothing but what is in the manifest."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.web.assets import Asset, modules, read_folder
from app.web.files import STATIC


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    (tmp_path / "main.js").write_text(
        'import { a } from "./state/a.js";\nimport "./bare.js";\n'
        'import {\n  x,\n  y,\n} from "./state/wide.js";\n'
        'const late = () => import("./late.js");\n// import "./commented.js"\n'
    )
    (tmp_path / "state/a.js").write_text('export { b } from "../b.js";\nimport { main } from "../main.js";\n')
    for name in ("b.js", "bare.js", "late.js", "state/wide.js", "commented.js"):
        (tmp_path / name).write_text("export const a = 1;\n")
    (tmp_path / "notes.md").write_text("not for the page")
    (tmp_path / "icon.png").write_bytes(b"\x89PNG")
    return tmp_path


def test_the_manifest_holds_known_kinds_of_files(folder: Path) -> None:
    (folder / "link.js").symlink_to("/etc/passwd")
    found = read_folder(folder)
    assert {"main.js", "state/a.js", "icon.png"} <= set(found)
    assert "notes.md" not in found
    assert "link.js" not in found
    assert found["main.js"].media_type == "text/javascript; charset=utf-8"


def test_scripts_are_preloaded_in_the_order_in_which_they_are_needed(folder: Path) -> None:
    assert modules(read_folder(folder), "main.js") == ["main.js", "state/a.js", "bare.js", "state/wide.js", "b.js"]
    assert modules(read_folder(folder), "missing.js") == []


def test_every_script_that_the_page_needs_is_found() -> None:
    assets = read_folder(STATIC)
    found = modules(assets, "main.js")
    assert len(found) > 10
    assert all(f"static/{name}".endswith(".js") for name in found)


def test_text_is_compressed_once_and_pictures_are_not() -> None:
    text = Asset.of(b"a" * 1000, ".css")
    assert text.packed is not None
    assert gzip.decompress(text.packed) == b"a" * 1000
    assert Asset.of(b"ab", ".css").packed is None, "it would only grow"
    assert Asset.of(b"a" * 1000, ".png").packed is None
    assert Asset.of(b"a" * 1000, ".css") == text, "the same bytes each time, or no cache would keep them"


def test_a_file_is_served_with_its_kind_and_asked_for_again(client: TestClient) -> None:
    first = client.get("/static/css/tokens.css")
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/css; charset=utf-8"
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["content-encoding"] == "gzip"
    assert first.content == read_folder(STATIC)["css/tokens.css"].content
    again = client.get("/static/css/tokens.css", headers={"if-none-match": f'W/"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/css/tokens.css", headers={"if-none-match": '"old"'}).status_code == 200
    assert client.head("/static/css/tokens.css").headers["etag"] == first.headers["etag"]


def test_the_sheet_that_names_the_fonts_is_not_stored(client: TestClient) -> None:
    assert client.get("/static/css/fonts.css").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("deflate,  gzip ", "gzip"),
        ("identity", None),
        ("", None),
        ("gzip;q=0", None),
        ("gzip;q=0.000", None),
        ("xgzip", None),
    ],
)
def test_what_the_browser_takes_is_minded(client: TestClient, accepted: str, encoding: str | None) -> None:
    answer = client.get("/static/css/tokens.css", headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"


OUTSIDE = [
    "../pyproject.toml",
    "%2e%2e/pyproject.toml",
    "%2e%2e%2fpyproject.toml",
    "..%5cpyproject.toml",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "css/../../pyproject.toml",
    "css/%2e%2e/css/tokens.css",
    "./css/tokens.css%00",
    "css/tokens.css%00.png",
    "css//tokens.css",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "\\\\host\\share",
    "%5c%5chost%5cshare",
    "C:%5cwindows",
    "file:///etc/passwd",
    "%c0%ae%c0%ae/pyproject.toml",
    "..;/pyproject.toml",
    "css/tokens.css/",
    "CSS/tokens.css",
    "css",
    "",
    "a" * 10_000,
    "%ff%fe",
    "..%252fpyproject.toml",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_can_be_reached(client: TestClient, path: str) -> None:
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 404, answer.text
    assert answer.json()["problems"][0]["code"] == "not-found"


def test_a_thousand_ranges_cost_nothing(client: TestClient) -> None:
    ranges = "bytes=" + ",".join(f"{at}-{at}" for at in range(10_000))
    answers = [client.get("/static/css/tokens.css", headers={"range": ranges}) for _ in range(5)]
    assert {each.status_code for each in answers} == {200}
    assert min(each.elapsed.total_seconds() for each in answers) < 0.1


def test_scripts_are_sent_without_what_only_readers_need_and_say_the_same() -> None:
    """Read by a parser, what is sent is what is written, down to the line of every statement."""
    sent = {name: asset.content.decode() for name, asset in read_folder(STATIC).items() if name.endswith(".js")}
    pairs = {name: [(STATIC / name).read_text("utf-8"), text] for name, text in sent.items()}
    found = subprocess.run(
        ["node", str(Path(__file__).with_name("same_syntax.js"))],
        input=json.dumps(pairs), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(found.stdout) == []
    assert not [name for name, text in sent.items() if re.search(r"^\s*//|/\*\* @", text, re.MULTILINE)]


@pytest.mark.parametrize("name", sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css")))
def test_style_sheets_are_sent_without_the_comments_between_their_rules(name: str) -> None:
    source = (STATIC / name).read_text("utf-8")
    sent = read_folder(STATIC)[name].content.decode()
    assert bare(sent) == bare(source)
    assert not re.search(r"^\s*/\*", sent, re.MULTILINE)


def bare(sheet: str) -> str:
    return re.sub(r"/\*.*?\*/|\s+", "", sheet, flags=re.DOTALL).replace(";}", "}")


def test_a_sheet_loses_what_says_nothing_and_keeps_the_spaces_that_do(folder: Path) -> None:
    rules = b"a,\nb > c:not(d) e {\n  color: red;\n  --x-1: 2px 3px;\n  background:\n    f(1),\n    g(2);\n}\n\n"
    (folder / "a.css").write_bytes(rules + b'@media (width: 5px) and (h: 1) {\n  i::after {\n    content: " \xc2\xb7 ";\n  }\n}\n')
    closed = b"a,\nb > c:not(d) e{color:red;--x-1: 2px 3px;background:\nf(1),\ng(2)}"
    assert read_folder(folder)["a.css"].content == closed + b'@media (width: 5px) and (h: 1){i::after{content:" \xc2\xb7 "}}'


def test_types_are_left_out_and_a_reason_after_code_stays(folder: Path) -> None:
    text = b'const a = /** @type {number} */ (1); /** end */\n/** @type {any} */ (a).b("*/");\n'
    comment = b"  /**\n   * @param {x} y\n   */\n"
    (folder / "a.js").write_bytes(b"/** What it is. */\n" + text + comment + b"  // why\ng(); // because\nf();")
    assert read_folder(folder)["a.js"].content == b'\nconst a = (1); /** end */\n(a).b("*/");\n\n\n\n\ng(); // because\nf();'


def test_spaces_around_signs_are_left_out_where_no_text_has_them(folder: Path) -> None:
    lines = [b"if (a === b && c) {", b"  d = [1, -2];", b"  e = a ? .5 : -c;", b'  f(g, "a = b");', b"  f(' = ', /a, b/);", b"}"]
    lines += [b"return [a + b - +c, a - -b, a++ + b] !== d * 2 % e;", b"if (a >= b || a < -b) f(a > b ? 1 : - c);"]
    lines += [b'g(`a = "${b}, c`, "d = e", f = g);', b"h(`${a ? `, b` : c}`, d = e);"]
    (folder / "a.js").write_bytes(b"\n".join(lines))
    found = read_folder(folder)["a.js"].content
    closed = [b"if(a===b&&c){", b"d=[1,-2];", b"e=a?.5:-c;", b'f(g,"a = b");', b"f(' = ', /a, b/);", b"}"]
    closed += [b"return[a+b - +c,a - -b,a+++b]!==d*2%e;", b"if(a>=b||a<-b)f(a>b?1:- c);"]
    closed += [b'g(`a = "${b}, c`,"d = e",f=g);', b"h(`${a ? `, b` : c}`, d = e);"]
    assert found.split(b"\n") == closed


def test_lines_lose_their_indentation_unless_a_text_runs_over_them(folder: Path) -> None:
    (folder / "flat.js").write_bytes(b"f(() => {\n  g(`a ${1} b`);\n\treturn;\n});")
    (folder / "text.js").write_bytes(b"f(`a\n  b`);\n  g();")
    found = read_folder(folder)
    assert found["flat.js"].content == b"f(()=>{\ng(`a ${1} b`);\nreturn;\n});"
    assert found["text.js"].content == b"f(`a\n  b`);\n  g();"
