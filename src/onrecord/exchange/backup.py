"""All that an archive holds: records, the log, review marks, versions, runs; `onrecord add` makes it again of them."""

from __future__ import annotations

from contextlib import closing
from typing import TextIO

from onrecord.archive.listing.exporting import export_records
from onrecord.archive.listing.tables import Choice
from onrecord.archive.safekeeping.backup import backup
from onrecord.archive.store.opening import Archive
from onrecord.exchange.registry import Format


def write(archive: Archive, out: TextIO, choice: Choice) -> int:
    """Write the archive, or, where a run is chosen, the records of that run alone; how many articles."""
    n = 0
    if choice.run is None:
        with closing(backup(archive)) as lines:
            for line in lines:
                n += 1
                out.write(line)
        return n
    with closing(export_records(archive, choice)) as records:
        for record, _ in records:
            n += 1
            out.write(record.to_json() + "\n")
    return n


FORMAT = Format(
    name="records",
    holds="archive",
    suffix=".jsonl",
    media_type="application/x-ndjson",
    told=(
        "a full backup: one article a line as onrecord read prints it, with the log, review marks,\n"
        "versions and runs, of which onrecord add makes an archive again; needs --with-text.\n"
        "With --run: the records of that run alone"
    ),
    write=write,
)
