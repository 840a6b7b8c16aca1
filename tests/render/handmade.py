"""Reports made by hand, so that rendering is tested apart from the stages that find things."""

from __future__ import annotations

from dataclasses import replace

from drift.records import Bead, Copy, CopyDrift, Finding, Metrics, Report, Sentence, Span, Translation
from drift.typology import CATEGORIES, SEVERITIES


def make_copy(id: str, lines: list[str], *, language: str = "en", translations=None, **rest) -> Copy:
    """A copy whose sentences are `lines`, one a line of the stored text."""
    text, sentences, place = "", [], 0
    for index, line in enumerate(lines):
        translation = None
        if translations is not None:
            translation = Translation(translations[index], "transformers", "models/fr-en", "0123abcd", -0.41)
        sentences.append(Sentence(index, place, place + len(line), line, index // 3, None, translation))
        text += line + "\n"
        place = len(text)
    return Copy(id, f"copies/{id}.txt", text, language, tuple(sentences), **rest)


def span(text: str, words: str, offset: int = 0) -> Span:
    start = text.index(words)
    return Span(start + offset, start + offset + len(words), words)


def finding(bead_reference, bead_copy, *, words=None, other=None, translated=None, **rest) -> Finding:
    """A finding that points at `words` in the reference, `other` in the copy and `translated` in the translation."""
    reference = next((span(s.text, words, s.start) for s in bead_reference if words and words in s.text), None)
    copy = next((span(s.text, other, s.start) for s in bead_copy if other and other in s.text), None)
    english = " ".join(s.english for s in bead_copy)
    translation = span(english, translated) if translated else None
    given = {"id": "", "category": "wording", "severity": "major", "confidence": 0.8, "message": "A word changed."}
    return Finding(reference_span=reference, copy_span=copy, translation_span=translation, **{**given, **rest})


REFERENCE = make_copy("original", [
    "The mayor of Lyon opened the bridge on 3 May.",
    "At least fifty people were there.",
    "The bank did not pay the workers.",
    "He must leave the city before winter.",
    "The dog bit the postman.",
    "A cold wind was blowing.",
    "The river rose by two metres.",
    "Nobody was hurt.",
    "The council will meet on Monday.",
    "It was raining.",
    "The bridge cost 2.1 million euros.",
    "Two schools stayed closed.",
])


def _drifted() -> CopyDrift:
    copy = make_copy("b-drifted", [
        "The mare of Lion opened the bridge on 13 May.",
        "At least fifty people were there.",
        "The bank paid the workers.",
        "He may leave the city before winter.",
        "The postman bit the dog.",
        "A cold wind was blowing. It was ein kalter Tag.",
        "Nobody was hurted.",
        "A passer-by sang a song about the river.",
        "The council will meet on Monday.",
        "The bridge cost 2.1 billion euros, while it rained.",
        "The river rose by two metres.",
    ], notes=("The last 2 paragraphs are boilerplate and were not compared.",), boilerplate=(Span(0, 3, "The"),))
    a, b = REFERENCE.sentences, copy.sentences

    def bead(left, right, *findings, score=0.0, similarity=0.9, moved=False):
        r, c = tuple(a[i] for i in left), tuple(b[i] for i in right)
        return Bead(f"{len(r)}-{len(c)}", "original", r, c, similarity if r and c else None, score,
                    Metrics(40.0, 55.5, 33.3333333) if r and c else Metrics(),
                    tuple(finding(r, c, **f) for f in findings), moved)

    beads = (
        bead([0], [0], {"words": "Lyon", "other": "Lion", "category": "name", "severity": "critical",
                        "confidence": 0.97, "id": "f-name", "message": "“Lyon” became “Lion”.", "detector": "names",
                        "evidence": ("Lion is another known name", "the two names differ in one letter")},
             {"words": "mayor", "other": "mare", "category": "wording", "severity": "major", "id": "f-wording"},
             {"words": "3 May", "other": "13 May", "category": "date", "severity": "major", "id": "f-date",
              "message": "3 May became 13 May."}, score=0.8),
        bead([1], [1], similarity=1.0),
        bead([2], [2], {"words": "did not pay", "other": "paid", "category": "polarity", "severity": "critical",
                        "confidence": 0.93, "id": "f-polarity", "message": "The negation is gone."}, score=0.4),
        bead([3], [3], {"words": "must", "other": "may", "category": "modality", "severity": "major",
                        "confidence": 0.7, "id": "f-modality", "message": "“must” became “may”.",
                        "status": "confirmed"}, score=0.2),
        bead([4], [4], {"words": "The dog", "other": "The postman", "category": "role", "severity": "critical",
                        "confidence": 0.9, "id": "f-role", "message": "Who bit whom is the other way round."},
             score=0.4),
        bead([5], [5], {"other": "ein kalter Tag", "category": "untranslated", "severity": "minor", "confidence": 0.6,
                        "id": "f-untranslated", "message": "“ein kalter Tag” is not English."}, score=0.04),
        bead([7], [6], {"words": "hurt", "other": "hurted", "category": "fluency", "severity": "minor",
                        "confidence": 0.5, "id": "f-fluency", "message": "“hurted” is not a word."},
             {"words": "Nobody", "other": "Nobody", "category": "polarity", "severity": "major", "id": "f-rejected",
              "status": "rejected", "message": "REJECTED"}, score=0.04),
        bead([], [7], {"other": "A passer-by sang a song about the river.", "category": "addition",
                       "severity": "major", "id": "f-addition", "message": "A sentence was added."}, score=0.2),
        bead([8], [8]),
        bead([9, 10], [9], {"words": "2.1 million", "other": "2.1 billion", "category": "number",
                            "severity": "critical", "confidence": 0.99, "id": "f-number",
                            "message": "2.1 million became 2.1 billion."}, score=0.4),
        bead([6], [10], moved=True),
        bead([11], [], {"words": "Two schools stayed closed.", "category": "omission", "severity": "major",
                        "id": "f-omission", "message": "A sentence is missing."}, score=0.2),
    )
    return CopyDrift(copy, "copy", 0.3123456, 0.9167, 41.23456, Metrics(31.2, 52.1, 48.0, 0.9), beads, None,
                     "it carries 11 of 12 sentences")


def _french(witness: Copy) -> CopyDrift:
    copy = make_copy("c-french", [
        "Le maire de Lyon a ouvert le pont le 3 mai.",
        "Au moins cinquante personnes étaient là.",
        "La banque n’a pas payé les ouvriers.",
        "Le chat dormait dans la mairie.",
    ], language="fr", translations=[
        "The mayor of Leon opened the bridge on 3 May.",
        "At least fifteen people were there.",
        "The bank did not pay the workers.",
        "The dog was sleeping in the town hall.",
    ])
    a, b = REFERENCE.sentences, copy.sentences
    beads = [
        Bead("1-1", "original", (a[0],), (b[0],), 0.91, 0.1, Metrics(70.0, 80.0, 10.0), (
            finding((a[0],), (b[0],), words="Lyon", other="Lyon", translated="Leon", category="name",
                    severity="major", attribution="instrument", id="f-instrument",
                    message="“Lyon” reads “Leon” in our translation.",
                    evidence=("the source sentence has “Lyon”",)),)),
        Bead("1-1", "original", (a[1],), (b[1],), 0.94, 0.2, Metrics(), (
            finding((a[1],), (b[1],), words="fifty", other="cinquante", translated="fifteen", category="number",
                    severity="major", attribution="unclear", id="f-unclear", message="fifty became fifteen."),)),
        Bead("1-1", "original", (a[2],), (b[2],), 0.99, 0.0, Metrics()),
        *(Bead("1-0", "original", (s,), (), None) for s in a[3:]),
        Bead("1-1", "witness", (witness.sentences[1],), (b[3],), 0.88, 0.2, Metrics(), (
            finding((witness.sentences[1],), (b[3],), words="cat", other="chat", translated="dog",
                    severity="major", attribution="instrument", id="f-witness", message="cat became dog."),)),
    ]
    return CopyDrift(copy, "copy", 0.05, 0.25, 3.0, Metrics(60.0, 70.0, 20.0, 0.93), tuple(beads),
                     {"engine": "transformers", "model": "models/fr-en", "revision": "0123abcd"})


def rich_report() -> Report:
    witness = make_copy("witness", ["The bank did not pay the workers.", "The cat was sleeping in the town hall."])
    w, a = witness.sentences, REFERENCE.sentences
    faithful = CopyDrift(witness, "copy", 0.0, 1 / 12, 0.0, Metrics(100.0, 100.0, 0.0, 1.0), (
        *(Bead("1-0", "original", (s,), (), None) for s in a[:2]),
        Bead("1-1", "original", (a[2],), (w[0],), 1.0, 0.0, Metrics(100.0, 100.0, 0.0)),
        Bead("0-1", "original", (), (w[1],), None),
        *(Bead("1-0", "original", (s,), (), None) for s in a[3:]),
    ))
    other = make_copy("x-other", ["Stocks fell on Tuesday."])
    failed = make_copy("y-klingon", ["nuqneH"], language="tlh",
                       error="there is no model for “tlh” at hand; give one with --model")
    return Report(
        REFERENCE, {"fluency": 0.9123456, "coverage": 0.99, "chosen_by": "score", "others": {"b-drifted": 0.5}},
        (
            _drifted(), _french(witness),
            CopyDrift(REFERENCE, "reference", 0.0, 1.0, 0.0, Metrics()),
            faithful,
            CopyDrift(other, "unrelated", None, 0.0, None, Metrics(),
                      why="none of its 1 sentences is in the reference"),
            CopyDrift(failed, "copy", None, 0.0, None, Metrics()),
        ),
        "drift:0.1.0|weights:xcomet|mt:models/fr-en@0123abcd",
        ("y-klingon was left out.",),
        {"bleu": "nrefs:1|case:mixed|eff:yes|tok:13a|smooth:exp|version:2.6.0"},
    )


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202eright to left\u202c", "\u2067isolate",
    "nul\x00bell\x07", "\x1b[31mred\x1b]0;title\x07", "\x9b2J", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\tx",
    "lone \ud83d surrogate", "x" * 10_000, "{{ 7*7 }} {% raw %}", "</script><!--", "]]>", "&amp;", "`code` **b** |",
    "::error::owned", "[link](javascript:alert(1))", "@everyone #1", "\ufffe\uffff", "a\r\nb", "\u2028line",
    "<v>span</v>", "</details>", "[bold]rich markup[/bold]",
)


def hostile_report(strings: tuple[str, ...] = HOSTILE) -> Report:
    """The same hostile strings in every field that a text, a path or a model can reach."""
    lines = list(strings)
    reference = replace(make_copy("r", lines), id="r" + strings[0], path=strings[1])
    copy = make_copy("c", lines, language="fr", translations=lines)
    copy = replace(copy, id="c" + strings[0], path=strings[-1], notes=strings)
    beads = []
    for number, (left, right) in enumerate(zip(reference.sentences, copy.sentences, strict=True)):
        found = Finding(f"id-{number}", CATEGORIES[number % len(CATEGORIES)], SEVERITIES[number % 3], 0.5, left.text,
                        Span(left.start, left.end, left.text), Span(right.start, right.end, right.text),
                        Span(0, len(left.text), left.text), ("copy", "unclear", "instrument")[number % 3], (left.text,))
        beads.append(Bead("1-1", reference.id, (left,), (right,), 0.5, 0.4, Metrics(), (found,)))
    return Report(
        reference, {strings[0]: strings[1], "values": list(strings)},
        (
            CopyDrift(copy, "copy", 0.4, 1.0, 50.0, Metrics(), tuple(beads),
                      {"engine": strings[0], "model": strings[1], "revision": None}),
            CopyDrift(reference, "reference", 0.0, 1.0, 0.0, Metrics()),
            CopyDrift(replace(copy, id="e", error=strings[0]), "unrelated", None, 0.0, None, Metrics(), why=strings[1]),
        ),
        strings[0] + strings[1], strings, {strings[0]: strings[1]},
    )
