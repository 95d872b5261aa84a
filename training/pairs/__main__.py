"""Write the pairs: ``python -m training.pairs OUT.jsonl``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from training.pairs.maker import MOST, made
from training.pairs.passages import DATA
from training.pairs.translations import events, translated


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pairs and print how many there are of each kind."""
    parser = argparse.ArgumentParser(prog="python -m training.pairs", description=__doc__)
    parser.add_argument("out", type=Path, help="a file of JSON lines, outside of the repository")
    parser.add_argument("--part", choices=("train", "evaluation"), default="train")
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help=f"pairs of one kind of edit ({MOST})")
    arguments = parser.parse_args(argv)
    if not (DATA / "polnear").is_dir():
        print(
            f"Saw no {DATA / 'polnear'}; wanted PolNeAR, Wikinews and NTREX there. No pairs were made.", file=sys.stderr
        )
        return 1
    count: Counter[tuple[str, str, str]] = Counter()
    with arguments.out.open("w", encoding="utf-8") as stream:
        for maker in (made(arguments.part, arguments.most), translated(arguments.part), events(arguments.part)):
            for pair in maker:
                stream.write(json.dumps(dataclasses.asdict(pair), ensure_ascii=False) + "\n")
                count[pair.language, pair.label, pair.kind if " + " not in pair.kind else "several rewritings"] += 1
    for (language, label, kind), number in sorted(count.items()):
        print(f"{language}  {label:10}{kind:32}{number:>7,}")
    print(
        f"{count.total():,} pairs, {sum(n for (_, label, _), n in count.items() if label == 'distorted'):,} distorted"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
