"""Articles of our own in every shape that onrecord reads: what the tests of readers and `evals.broken` start from.

Persons, places and outlets are invented. Layouts follow those of the databases and formats; no text is theirs.
"""

from __future__ import annotations

import datetime
import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

MIDNIGHT = (2024, 2, 9, 0, 0, 0)
"""When the members of archives were written: the same samples are the same bytes."""


@dataclass(frozen=True, slots=True)
class Story:
    """What an article of the samples is made of."""

    title: str
    paragraphs: tuple[str, ...]
    outlet: str = "The Quay Herald"
    author: str = "Mara Venn"
    published: datetime.date = datetime.date(2024, 2, 6)

    @property
    def text(self) -> str:
        """As readers give it where paragraphs are parted by a blank line."""
        return "\n\n".join(self.paragraphs)

    @property
    def words(self) -> int:
        """As the databases count them."""
        return len(self.text.split())

    @property
    def day(self) -> str:
        """February 6, 2024."""
        return f"{self.published:%B} {self.published.day}, {self.published.year}"


FROST = Story(
    "Frost closes the harbour valve",
    (
        "AYRMOUTH - The valve was closed by frost on Monday night, the harbour master said, and nobody was told of it.",
        "“It is an old valve,” Rena Holt added. “We asked for a new one in June, and we were not answered.”",
        "The council denied that the letter had reached it. A spokesman, Ivo Lund, called the claim “plainly wrong” "
        "and said that the harbour had been given all it had asked for.",
        "Boats are to leave again on Thursday, according to the pilots’ guild.",
    ),
)
FERRY = Story(
    "Ferry fares to rise by a tenth",
    (
        "The ferry company will ask for a tenth more from April, its director told passengers on Tuesday.",
        "“Fuel is dearer than it was, and so are crews,” Osk Tamber said in the waiting room at Lunby.",
        "A commuter, who did not want to be named, said that she would take the bus.",
        "Mara Tole of the passengers’ union warned that fewer boats would follow: “They did so the last time.”",
    ),
    author="Ivo Brandt",
    published=datetime.date(2024, 2, 7),
)
BRIDGE = Story(
    "Bridge inspectors find rust, and no danger",
    (
        "Inspectors found rust in four of the nine pillars of the Lunby bridge, the county said in a statement.",
        "There was no danger, it said, and the bridge would stay open to cars, though not to lorries.",
        "“I have driven over it for forty years and I shall drive over it tomorrow,” said Pim Aldous, a carter.",
    ),
    author="",
    published=datetime.date(2024, 2, 8),
)
STORIES = (FROST, FERRY, BRIDGE)


def page(story: Story = FROST) -> bytes:
    """A page of a news site."""
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in story.paragraphs)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)}</title>\n'
        f'<meta property="og:site_name" content="{escape(story.outlet)}">\n'
        f'<meta property="article:published_time" content="{story.published}T08:00:00Z">\n'
        f'<meta name="author" content="{escape(story.author)}"></head>\n<body><nav><a href="/">Home</a></nav>\n'
        f"<article><h1>{escape(story.title)}</h1>\n{body}</article>\n"
        f"<footer>© {escape(story.outlet)}</footer></body></html>\n"
    ).encode()


def rss(stories: Sequence[Story] = STORIES) -> bytes:
    """A feed whose items carry their content."""
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>https://quay.example/{number}</link>"
        f"<guid>quay-{number}</guid><dc:creator>{escape(story.author)}</dc:creator>"
        f"<pubDate>{story.published:%a, %d %b %Y} 08:00:00 +0000</pubDate><content:encoded><![CDATA["
        + "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
        + "]]></content:encoded></item>\n"
        for number, story in enumerate(stories, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>The Quay Herald</title><language>en-gb</language>\n{items}</channel></rss>\n"
    ).encode()


def atom(stories: Sequence[Story] = STORIES) -> bytes:
    """A feed whose entries carry only a summary."""
    entries = "".join(
        f"<entry><title>{escape(story.title)}</title><id>tag:quay.example,2024:{number}</id>"
        f'<link href="https://quay.example/{number}"/><updated>{story.published}T08:00:00Z</updated>'
        f"<author><name>{escape(story.author)}</name></author><summary>{escape(story.paragraphs[0])}</summary></entry>\n"
        for number, story in enumerate(stories, start=1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<title>The Quay Herald</title>\n{entries}</feed>\n"
    ).encode()


def warc(stories: Sequence[Story] = STORIES, *, packed: bool = False) -> bytes:
    """A web archive, written by warcio: pages, a picture, a missing page and a revisit."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    fixed = {"WARC-Date": "2024-02-09T10:00:00Z"}
    answers = [("200 OK", "text/html; charset=utf-8", page(story)) for story in stories]
    answers += [("200 OK", "image/png", b"\x89PNG\r\n"), ("404 Not Found", "text/html", page())]
    for number, (status, media_type, body) in enumerate(answers, start=1):
        headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
        url = f"https://quay.example/{number}"
        fixed["WARC-Record-ID"] = f"<urn:uuid:00000000-0000-4000-8000-{number:012}>"
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=dict(fixed)
        )
        writer.write_record(record)
    fixed["WARC-Record-ID"] = "<urn:uuid:00000000-0000-4000-8000-000000000000>"
    writer.write_record(
        writer.create_revisit_record(
            "https://quay.example/1",
            "sha1:A",
            "https://quay.example/1",
            "2024-02-08T00:00:00Z",
            warc_headers_dict=dict(fixed),
        )
    )
    return target.getvalue()


def csv_table(stories: Sequence[Story] = STORIES) -> bytes:
    """A table under usual names; one outlet looks like a formula, to spreadsheets."""
    import csv

    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(["url", "pubdate", "headline", "source", "body"])
    for number, story in enumerate(stories, start=1):
        url = f"https://quay.example/{number}"
        writer.writerow([url, story.published, story.title, '=HYPERLINK("https://bad.example")', story.text])
    return target.getvalue().encode()


def parquet_table(stories: Sequence[Story] = STORIES) -> bytes:
    """The same as Parquet, in two row groups."""
    import pyarrow
    import pyarrow.parquet

    rows = [{"text": one.text, "title": one.title, "date": one.published, "outlet": one.outlet} for one in stories]
    target = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), target, row_group_size=2)
    return target.getvalue()


def json_lines(stories: Sequence[Story] = STORIES) -> bytes:
    """One story a line."""
    return "".join(json.dumps({"text": one.text, "title": one.title}) + "\n" for one in stories).encode()


def mail(story: Story = FROST, *, html: bool = False) -> bytes:
    """A mail with the story as text, and also as HTML."""
    message = EmailMessage()
    message["From"] = f"{story.outlet} <news@quay.example>"
    message["To"] = "reader@lunby.example"
    message["Subject"] = story.title
    message["Date"] = f"{story.published:%a, %d %b %Y} 08:00:00 +0000"
    message["Message-ID"] = "<1@quay.example>"
    message.set_content("See it in a browser." if html else story.text)
    if html:
        message.add_alternative("".join(f"<p>{escape(one)}</p>" for one in story.paragraphs), subtype="html")
        message.set_boundary("=====quay=====")
    return message.as_bytes()


def zipped(members: dict[str, bytes] | None = None) -> bytes:
    """An archive; left out, of a page, a text and a table."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        default = {"a/page.html": page(), "b.txt": FERRY.text.encode(), "c.csv": csv_table()}
        for name, data in (default if members is None else members).items():
            archive.writestr(zipfile.ZipInfo(name, MIDNIGHT), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def gzipped(data: bytes | None = None) -> bytes:
    """JSON lines, packed."""
    return gzip.compress(json_lines() if data is None else data, mtime=0)


def nexis_lines(stories: Sequence[Story] = STORIES) -> list[str]:
    """An export of Nexis Uni with its cover, one paragraph a line."""
    lines = [
        "User Name: reader",
        f"Date and Time: Friday, {FROST.day} 10:00:00 AM GMT",
        "Job Number: 1",
        "Documents (3)",
    ]
    lines += [f"{number}. {story.title}" for number, story in enumerate(stories, start=1)]
    for story in stories:
        lines += [story.title, story.outlet + " (Ayrmouth)", f"{story.day} {story.published:%A}", ""]
        lines += ["Copyright 2024 Quay Media Ltd All Rights Reserved", "Section: NEWS; Pg. 4"]
        lines += [f"Length: {story.words} words", *([f"Byline: By {story.author}"] if story.author else [])]
        lines += ["Body", "", *story.paragraphs, "", "Classification", "", "Language: ENGLISH"]
        lines += ["Publication-Type: Newspaper", "Subject: HARBORS & PORTS (90%)", f"Load-Date: {story.day}", ""]
        lines += ["End of Document", ""]
    return lines


def lexis_lines(stories: Sequence[Story] = STORIES) -> list[str]:
    """An export in the older layout of LexisNexis."""
    lines = []
    for number, story in enumerate(stories, start=1):
        lines += [
            f"{number} of {len(stories)} DOCUMENTS",
            "",
            story.outlet,
            "",
            f"{story.day} {story.published:%A}",
            "",
        ]
        lines += ["SECTION: NEWS; Pg. 4", "", f"LENGTH: {story.words} words", "", f"HEADLINE: {story.title}", ""]
        lines += [*([f"BYLINE: {story.author}"] if story.author else []), "", "BODY:", *story.paragraphs, ""]
        lines += [f"LOAD-DATE: {story.day}", "", "LANGUAGE: ENGLISH", "", "PUBLICATION-TYPE: Newspaper", ""]
    return lines


def factiva_lines(stories: Sequence[Story] = STORIES) -> list[str]:
    """An export of Factiva as articles are shown there."""
    lines = []
    for number, story in enumerate(stories, start=1):
        day = f"{story.published.day} {story.published:%B %Y}"
        lines += [story.title, *([f"By {story.author}"] if story.author else []), f"{story.words} words", day]
        lines += ["05:03", story.outlet, "QUAYHD", "4", "English", "Copyright 2024 Quay Media Ltd.", ""]
        lines += [*story.paragraphs, "", f"Document QUAYHD00{story.published:%Y%m%d}ek260000{number}", ""]
    return lines


def factiva_codes(stories: Sequence[Story] = STORIES) -> list[tuple[str, list[str]]]:
    """An export of Factiva with codes: each with its paragraphs."""
    fields: list[tuple[str, list[str]]] = []
    for number, story in enumerate(stories, start=1):
        fields += [("SE", ["News"]), ("HD", [story.title]), ("BY", [f"By {story.author}"] if story.author else [])]
        fields += [("WC", [f"{story.words} words"]), ("PD", [f"{story.published.day} {story.published:%B %Y}"])]
        fields += [("SN", [story.outlet]), ("SC", ["QUAYHD"]), ("PG", ["4"]), ("LA", ["English"])]
        fields += [("CY", ["Copyright 2024 Quay Media Ltd."]), ("LP", list(story.paragraphs[:1]))]
        fields += [("TD", list(story.paragraphs[1:])), ("CO", ["lunbyf : Lunby Ferries"]), ("NS", ["gcat : Political"])]
        fields += [("AN", [f"Document QUAYHD00{story.published:%Y%m%d}ek260000{number}"])]
    return [(code, values) for code, values in fields if values]


def as_docx(lines: Sequence[str], *, prolog: str = "") -> bytes:
    """A Word document with a paragraph a line."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r></w:p>' for line in lines
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{prolog}'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": xml.encode()})


def as_rtf(lines: Sequence[str]) -> bytes:
    """A document in RTF with a paragraph a line, its fonts and a link."""
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\colortbl;\red0\green0\blue0;}"
    return (head + "\n" + "".join(rf"\pard\f0\fs20 {rtf_words(line)}\par" + "\n" for line in lines) + "}").encode(
        "ascii"
    )


def rtf_table(fields: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """Codes and their values as a table of two columns."""
    rows = "".join(
        rf"\trowd\cellx1000\cellx9000\pard\intbl {code}\cell "
        + r"\par ".join(map(rtf_words, values))
        + r"\cell\row"
        + "\n"
        for code, values in fields
    )
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}" + "\n" + rows + "}").encode("ascii")


def rtf_words(text: str) -> str:
    """The text with its signs as RTF writes them."""
    plain = text.replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}")
    return "".join(sign if sign.isascii() else rf"\u{ord(sign)}?" for sign in plain)


def as_html(lines: Sequence[str]) -> bytes:
    """A page with a paragraph a line."""
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    return f'<html><head><meta charset="utf-8"><title>Export</title></head><body>{body}</body></html>'.encode()


def html_table(fields: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """Codes and their values as a table of two columns."""
    rows = "".join(
        f"<tr><td><b>{code}</b>&nbsp;</td><td>"
        + "".join(f"<p>{escape(value)}</p>" for value in values)
        + "</td></tr>\n"
        for code, values in fields
    )
    head = '<html><head><meta charset="utf-8"></head><body><div class="article"><table>'
    return f"{head}{rows}</table></div></body></html>".encode()
