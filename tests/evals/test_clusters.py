"""The table of judged clusters tells where, and holds no text; gold becomes a record as it is."""

from __future__ import annotations

import re

from evals.clusters import COLUMNS, TABLE, gold_record, judged

from onrecord.spans import Span


def test_the_table_holds_places_and_verdicts_and_no_text_of_polnear() -> None:
    rows = judged()
    assert len(rows) > 100
    for row in rows.values():
        assert set(row) == set(COLUMNS)
        assert row["verdict"] in ("right", "wrong")
        assert row["corpus"] in ("wikinews", "polnear")
        assert re.fullmatch(r"\d+", row["start"] + row["end"] + row["anchor_start"])
        assert 0 < len(row["why"]) <= 80
        assert not re.search('[“”"]', row["why"])
    assert len(TABLE.read_text("utf-8").splitlines()) == len(rows) + 1


def test_gold_becomes_a_record_with_outlet_and_day_from_its_name() -> None:
    text = "“We were not asked,” said Rena Holt."
    record = gold_record(
        {
            "id": "quay-herald_2031-05-06_the-valve",
            "text": text,
            "attributions": [
                {"id": "E1", "source": [[26, 35]], "cue": [[21, 25]], "content": [[0, 20]]},
                {"id": "E2", "source": [[26, 35]], "cue": [[21, 25]], "content": []},
            ],
        }
    )
    assert (record.article.outlet, str(record.article.published)) == ("quay-herald", "2031-05-06")
    (statement,) = record.statements
    assert (statement.id, statement.form, statement.content) == ("E1", "direct", (Span(0, 20),))
