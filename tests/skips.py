"""Which tests were skipped, and whether they may be: `python tests/skips.py REPORT.xml`.

REPORT.xml is what `pytest --junit-xml` writes. skips.txt lists a test file and the beginning of a reason on each line;
whatever else is skipped is told, and the exit code is 1.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

LIST = Path(__file__).with_name("skips.txt")

Skips = Counter[tuple[str, str]]
"""How many tests of a file were skipped for a reason."""


def skipped(report: str) -> Skips:
    """The tests, and files as a whole, that a report tells of as skipped; expected failures are none."""
    found: Skips = Counter()
    for case in ElementTree.fromstring(report).iter("testcase"):
        skip = case.find("skipped")
        if skip is not None and skip.get("type") != "pytest.xfail":
            module = case.get("classname") or case.get("name") or ""
            found[f"{module.replace('.', '/')}.py", skip.get("message") or ""] += 1
    return found


def allowed(listed: str) -> Iterator[tuple[str, str]]:
    """File and beginning of a reason on each line that is not empty and no comment."""
    for line in listed.splitlines():
        if line and not line.startswith("#"):
            file, reason = line.split(maxsplit=1)
            yield file, reason


def unlisted(skips: Skips, listed: str) -> Skips:
    """Those that may not be skipped."""
    rows = list(allowed(listed))
    return Counter(
        {
            (file, reason): times
            for (file, reason), times in skips.items()
            if not any(file == name and reason.startswith(start) for name, start in rows)
        }
    )


def main(arguments: list[str]) -> int:
    (report,) = arguments
    skips = skipped(Path(report).read_text("utf-8"))
    refused = unlisted(skips, LIST.read_text("utf-8"))
    for (file, reason), times in sorted(skips.items()):
        print(f"{times:4} skipped  {file}: {reason}{'   NOT LISTED' if (file, reason) in refused else ''}")
    if refused:
        print(f"Saw tests skipped that {LIST.name} does not list. Mend what they need, or list them with a reason.")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
