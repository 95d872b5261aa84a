"""What speaks for and against an entity as the one that a pronoun or a description means, as names of features.

    Ana Holt runs the depot. The council had asked her deputy. She declined.
    ├──────┤                  ├─────────┤     ├──────────┤  └── female: sentence 2 back, opened its sentence, …

A scene is the view back from a mention: who was last told of where, who spoke, whose content it stands in. Distances
are in sentences and paragraphs, and in how many others that could be meant stand nearer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.finding.naming.clusters import Cluster, plain_words
from onrecord.finding.naming.lexicon import bare, lexicon
from onrecord.finding.naming.mentions import Mention
from onrecord.finding.pack import listed

NEW = "new"
STEM = 4  # letters in which Russia and Russian are alike


@dataclass(frozen=True)
class Scene:
    """The view back from a mention.

    `lasts` are the clusters told of before it with their last mentions, the nearest first; `said` those who spoke last
    and last but one, `spoken` all who did before; `around` who says the content in which it stands, in quotation marks
    or not.
    """

    mention: Mention
    lasts: Sequence[tuple[Cluster, Mention]]
    said: Sequence[Cluster]
    spoken: Collection[Cluster]
    around: Cluster | None

    @cached_property
    def counts(self) -> Mapping[Cluster, int]:
        """How often each person was told of before."""
        return {c: c.count_before(self.mention.span.start) for c, _ in self.lasts if c.kind == "person"}

    @cached_property
    def suiting(self) -> Sequence[Cluster]:
        """Those of whom is known that they have the gender that a pronoun asks for, and that may be persons."""
        return [c for c, _ in self.lasts if c.kind in ("person", None) and _suits(c, self.mention)]

    @cached_property
    def others_suit(self) -> bool:
        """Whether one of the nearest has it."""
        return any(_suits(c, self.mention) for c, _ in self.lasts[:12])


def pronoun_features(scene: Scene, cluster: Cluster, last: Mention, nearer: int) -> set[str]:
    """For a pronoun and one who may be meant; `nearer` others that may be stand between."""
    mention = scene.mention
    found = _place(scene, cluster, last, nearer)
    if mention.wants in ("male", "female"):
        leaning = "likely" if cluster.leaning == mention.wants else "unlikely" if cluster.leaning else "unknown"
        found.add(f"gender {'known' if cluster.gender else leaning}")
        found.add(f"kind {cluster.kind}")
        if cluster.kin:
            found.add("kin")
        if not cluster.names and not any(lexicon().kind(head) == "person" for head in cluster.heads):
            found.add("noun unknown")
        counts = scene.counts
        if len(counts) > 2 and counts.get(cluster, 0) == max(counts.values()) > 2:
            found.add("told of most")
        suiting = scene.suiting
        if cluster in suiting:
            found.add(f"suits, rank {min(suiting.index(cluster), 3)} of {min(len(suiting), 4)}")
    else:
        found.add(f"{mention.wants}: {cluster.kind}{', named' if cluster.names else ''}")
    if last.form == "pronoun":
        found.add("same pronoun" if last.wants == mention.wants else "other pronoun")
    if mention.is_source and last.inside in mention.statements:
        only = all(m.inside in mention.statements for m in cluster.mentions)
        found.add("only in its own content" if only else "in its own content")
    if mention.opens and last.first:
        found.add("both first")
    fits = mention.wants in (cluster.gender, cluster.leaning)
    if mention.wants in ("male", "female") and not fits and scene.others_suit:
        found.add("others fit better")
    if mention.is_source:
        found |= {f"source, {x}" for x in found if x.startswith(("said", "last", "around"))}
    return found | {f"{mention.wants}, {x}" for x in found if x.startswith(("sentence", "rank", "last was source"))}


def _suits(cluster: Cluster, mention: Mention) -> bool:
    """Whether what is known of the gender of a cluster is what a pronoun asks for."""
    return mention.wants == (cluster.gender or cluster.leaning)


def nominal_features(scene: Scene, cluster: Cluster, last: Mention, nearer: int, owner: Cluster | None) -> set[str]:
    """For a description and one who may be meant; `owner` is whose it is."""
    phrase = scene.mention.phrase
    place = _place(scene, cluster, last, nearer)
    found = {f"{phrase.kind}, {x}" if x.startswith(("said", "rank")) else x for x in place}
    own = {part for name in cluster.names for part in name.parts}
    same_head = phrase.head in cluster.heads
    if same_head:
        found.add("head is role" if cluster.names else "head same")
    elif any(lexicon().same(phrase.head, h) for h in cluster.heads):
        found.add("head alike")
    else:
        found.add("head other" if cluster.heads else "no head")
    if phrase.head in own:
        found.add("head in name")
    if words := {bare(w) for w in phrase.modifiers}:
        found.add("modifiers shared" if words & (cluster.words | own) else "modifiers new")
    if lands := {bare(w)[:STEM] for w in (*phrase.modifiers, *phrase.owner.split()) if w[0].isupper()}:
        found.add("name of it shared" if lands & {w[:STEM] for w in cluster.words | own} else "name of it new")
    plain = plain_words(phrase.words)
    if plain in cluster.described:
        found.add("words same")
    if owner is not None:
        found.add("owner same" if cluster.owner is owner else "owner other" if cluster.owner else "owner untold")
    if "same" in phrase.words.lower().split()[:2]:
        found.add(f"called the same, head {'same' if same_head else 'other'}")
    if cluster.names and found & {"head is role", "head alike"} and found & {"owner same", "name of it shared"}:
        found.add("role and body")
    if phrase.gender:
        found.add("gender same" if cluster.gender else "gender unknown")
    found.add(f"{phrase.kind} for {cluster.kind}{', named' if cluster.names else ''}")
    return found


def new_features(mention: Mention, *, head_told: bool) -> set[str]:
    """For a description and somebody not told of before; whether its head was is told by `head_told`."""
    phrase = mention.phrase
    found = {NEW, f"{NEW} {phrase.kind}", f"{NEW} {phrase.determiner or 'bare'}"}
    if phrase.modifiers:
        found.add(f"{NEW}, with modifiers")
    if phrase.of or phrase.owner:
        found.add(f"{NEW}, of somebody")
    if head_told:
        found.add(f"{NEW}, head told before")
    if mention.is_source:
        found.add(f"{NEW}, source")
    return found


def _place(scene: Scene, cluster: Cluster, last: Mention, nearer: int) -> set[str]:
    """How near, and what part it played."""
    mention = scene.mention
    sentences, paragraphs = mention.sentence - last.sentence, mention.paragraph - last.paragraph
    found = {f"sentence {min(sentences, 4)}", f"paragraph {min(paragraphs, 3)}", f"rank {min(nearer, 3)}"}
    if last.is_source:
        found |= {"last was source", f"last was source, paragraph {min(paragraphs, 2)}"}
    if last.first:
        found |= {"last was first", f"last was first, sentence {min(sentences, 3)}"}
    if last.leads:
        found |= {"last led", f"last led, paragraph {min(paragraphs, 2)}"}
    elif last.after in listed("prepositions"):
        found.add("last after preposition")
    if last.owner:
        found.add("last was owner")
    if last.quoted and not mention.quoted:
        found.add("last was quoted")
    if last.inside and not mention.inside and not last.is_source:
        found.add("last was inside")
    if len(cluster.mentions) == 1 and last.form != "pronoun":
        found.add("told of once")
    found.add(f"times {min(cluster.count_before(mention.span.start), 4)}")
    led = cluster.led_before(mention.span.start)
    if led is not None and mention.paragraph - led.paragraph < 2:
        found.add("led this paragraph or the last")
    found.add("named" if cluster.names else "unnamed")
    if scene.said and scene.said[0] is cluster:
        found.add("said the last")
    elif len(scene.said) > 1 and scene.said[1] is cluster:
        found.add("said the last but one")
    elif cluster in scene.spoken:
        found.add("said something")
    if scene.around is cluster:
        found.add("around, quoted" if mention.quoted else "around")
    return found
