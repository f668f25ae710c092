"""The page's own files, read once and served from memory: what is not in the manifest does not exist.

So no path from outside is ever joined to a folder, and there is nothing to traverse. Every file keeps its name; a browser
asks again each time and gets 304 as long as the content is the same.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

REVALIDATE = "no-cache"
# Chromium keeps the sheet that names the fonts with the fonts it found; a page opened again then never takes up those that it has
# preloaded, and its console says so. A sheet that is not stored has nothing of the sort.
NOT_STORED = {"css/fonts.css": "no-store"}
FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
PACKED = {".ico", ".jpg", ".png", ".woff2"}  # compressed in themselves
# What a module loads before it runs: `import ... from "./x.js"`, `import "./x.js"`, `export ... from "./x.js"`.
IMPORTS = re.compile(r"""^\s*(?:import|export)\b[^"'()]*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
# A comment that has its lines for itself: in a script one with types, a purpose or a reason, in a style sheet any.
COMMENTS = {
    ".js": re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)$", re.MULTILINE | re.DOTALL),
    ".css": re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL),
}
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
# The type of something, said within a line.
CAST = re.compile(r"/\*\* @\w+ (?:(?!\*/).)*\*/ ?")
# A line of a script without a pattern (a slash between spaces divides), and without texts but in plain quotes or one in
# backticks, in which none can stand; such a text; signs that need no space around them.
PLAIN = re.compile(r"^(?:[^\\'`/\n]|(?<= )/(?= ))+(?:`[^\\'`/\n]*`[^\\'`/\n]*)?$", re.MULTILINE)
QUOTED = re.compile(r'("[^"\n]*"|`[^`\n]*`)')
SPACED = re.compile(r" ?(=>|&&|\|\||!==|[<>]=?|[={}()[,;:?*%]) ?")
# Between two numbers, of which the second has no sign of its own.
SUM = re.compile(r" ([-+]) (?![-+])")
# In a sheet: line ends where a rule or a declaration ends anyway, spaces before a block and after a property's name, and the
# last semicolon of a block.
SHEET = (
    (re.compile(r"(?<=[{};])\n+"), ""),
    (re.compile(r"(^|[{;])([a-z-]+): ", re.MULTILINE), r"\1\2:"),
    (re.compile(r" \{"), "{"),
    (re.compile(r";\}"), "}"),
)
# A text in a script that ends in the line in which it begins.
TEXT = re.compile(r"`[^`\n]*`")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to send."""

    content: bytes
    media_type: str
    tag: str
    packed: bytes | None = None
    caching: str = REVALIDATE

    @classmethod
    def of(cls, content: bytes, suffix: str, caching: str = REVALIDATE) -> Asset:
        """An asset of a known kind, compressed once if that makes it smaller."""
        packed = None if suffix in PACKED else gzip.compress(content, 9, mtime=0)
        if packed is not None and len(packed) >= len(content):
            packed = None
        tag = hashlib.sha256(content).hexdigest()[:20]
        return cls(content, TYPES[suffix], tag, packed, caching)

    def response(self, request: Request) -> Response:
        """The answer to a request for it. Ranges are not offered, so a request for one gets the whole."""
        packed = self.packed if _takes_gzip(request.headers.get("accept-encoding", "")) else None
        tag = f'"{self.tag}-gz"' if packed is not None else f'"{self.tag}"'
        headers = {"etag": tag, "cache-control": self.caching, "vary": "accept-encoding"}
        if tag in _tags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        if packed is not None:
            headers["content-encoding"] = "gzip"
        return Response(self.content if packed is None else packed, 200, headers, self.media_type)


def read_folder(folder: Path) -> dict[str, Asset]:
    """Every file of a known kind below a folder, by its path with forward slashes."""
    files = [
        file for file in sorted(folder.rglob("*")) if file.suffix in TYPES and file.is_file() and not file.is_symlink()
    ]
    names = [file.relative_to(folder).as_posix() for file in files]
    return {
        name: Asset.of(_lean(file.read_bytes(), file.suffix), file.suffix, NOT_STORED.get(name, REVALIDATE))
        for name, file in zip(names, files, strict=True)
    }


def _lean(content: bytes, suffix: str) -> bytes:
    """A script or a style sheet without what only its readers need, every line where it was: a quarter of what would be sent."""
    comment = COMMENTS.get(suffix)
    if comment is None:
        return content
    text = comment.sub(lambda found: "\n" * found[0].count("\n"), content.decode())
    if suffix == ".js":
        text = CAST.sub("", text)
        # Where a text runs over lines, a line may begin within it.
        if "`" in TEXT.sub("", text):
            return text.encode()
        text = PLAIN.sub(lambda line: _close(line[0]), text)
    text = INDENT.sub("", text)
    if suffix == ".css":
        for pattern, instead in SHEET:
            text = pattern.sub(instead, text)
    return text.encode()


def _close(line: str) -> str:
    """A line of code without spaces around its signs; in its texts they stay."""
    return "".join(part if part.startswith(('"', "`")) else SUM.sub(r"\1", SPACED.sub(r"\1", part)) for part in QUOTED.split(line))


def modules(assets: Mapping[str, Asset], start: str) -> list[str]:
    """The scripts that a script needs before it can run, itself first; what it loads later on demand is not among them."""
    found: dict[str, None] = {}
    waiting = [start] if start in assets else []
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += [each for each in _imports(assets, name) if each in assets]
    return list(found)


def _imports(assets: Mapping[str, Asset], name: str) -> Iterator[str]:
    folder = PurePosixPath(name).parent
    for path in IMPORTS.findall(assets[name].content.decode()):
        parts: list[str] = []
        for part in (folder / path).parts:
            if part == "..":
                parts = parts[:-1]
            else:
                parts.append(part)
        yield "/".join(parts)


def _takes_gzip(header: str) -> bool:
    """Whether `gzip` is among the encodings, and not with weight 0."""
    for part in header[:500].split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header[:2000].split(",")]
