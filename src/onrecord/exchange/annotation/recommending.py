"""INCEpTION's external recommender: a document as it sends it, and the document with suggestions.

    asked     {"metadata": {"layer", "feature", "projectId", "anchoringMode", "crossSentence"},
               "document": {"xmi", "documentId", "userId"}, "typeSystem"}
    answered  {"document": xmi}

A recommender proposes one feature of one layer, so that source, cue and content are three. Which of them is meant, the
name of the feature says, or else that of the layer (`webanno.custom.Content`). The label of a content is its form, that
of the others their role. A suggestion has the confidence as its score, and what decided it as the explanation; it is
marked as a prediction, so that INCEpTION never takes it for a person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.errors import MalformedFile
from onrecord.exchange.annotation.cas import library
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.records import ROLES, Record, Role

PREDICTED = "inception_internal_predicted"
SCORE, EXPLANATION = "_score", "_score_explanation"
Told = Mapping[str, Any]


def text_of_request(asked: Told) -> str:
    """The text of the document that came. Raises MalformedFile."""
    text: str = _cas(asked).sofa_string or ""
    return text


def suggested(asked: Told, record: Record) -> dict[str, str]:
    """The answer: the document with the statements of `record` as suggestions. Raises MalformedFile."""
    cas = _cas(asked)
    told = asked.get("metadata")
    layer, feature = (str(told.get(name, "")) if isinstance(told, dict) else "" for name in ("layer", "feature"))
    if not cas.typesystem.contains_type(layer):
        raise MalformedFile(f"layer {layer!r}", "one of the type system in metadata.layer", "Set it")
    kind = cas.typesystem.get_type(layer)
    names = {each.name for each in kind.all_features}
    if feature not in names or PREDICTED not in names:
        wanted = f"{feature} and {PREDICTED}"
        raise MalformedFile(f"layer {layer} without {wanted}", "features as INCEpTION adds them", "Update INCEpTION")
    role, text = role_of(layer, feature), record.article.text
    cutter = Cutter(text)
    for old in list(cas.select(layer)):
        if old[PREDICTED]:
            cas.remove(old)
    for statement in record.statements:
        for span in statement.spans(role):
            cutter.check(span.start, span.end, span.slice(text))
            one = kind(begin=span.start, end=span.end)
            one[feature], one[PREDICTED] = statement.form if role == "content" else role, True
            if feature + SCORE in names:
                one[feature + SCORE] = statement.confidence
            if feature + EXPLANATION in names:
                why = ", ".join(f"{name}: {by}" for name, by in statement.decided_by.items())
                one[feature + EXPLANATION] = f"onrecord {record.provenance.engine}: {why}"
            cas.add(one)
    xmi: str = cas.to_xmi()
    return {"document": xmi}


def role_of(layer: str, feature: str) -> Role:
    """What a recommender for that layer and feature proposes. Raises MalformedFile."""
    for name in (feature.casefold(), layer.rsplit(".", 1)[-1].casefold()):
        found = [role for role in ROLES if role in name]
        if len(found) == 1:
            return found[0]
    raise MalformedFile(
        f"layer {layer}, feature {feature}", f"one of {', '.join(ROLES)} in the name of either", "Rename the layer"
    )


def _cas(asked: Told) -> Any:
    cassis = library()
    document = asked.get("document")
    xmi, types = document.get("xmi") if isinstance(document, dict) else None, asked.get("typeSystem")
    if not isinstance(xmi, str) or not isinstance(types, str):  # the library would open a number as a file
        raise MalformedFile("no document", "document.xmi and typeSystem as strings", "Send both")
    if "<!DOCTYPE" in xmi or "<!DOCTYPE" in types:
        raise MalformedFile("a document type", "XML without one", "Send what INCEpTION sends")
    try:
        return cassis.load_cas_from_xmi(xmi, cassis.load_typesystem(types))
    except Exception as error:  # the library raises what lxml and its own converters raise
        raise MalformedFile(
            f"a document that is none ({type(error).__name__}: {error!s:.120})",
            "document.xmi and typeSystem",
            "Send both",
        ) from error
