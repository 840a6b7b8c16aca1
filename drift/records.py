"""The nouns of drift: frozen records that flow through the pipeline, and nothing else.

Spans are 0-based, half-open character offsets (Python string indices) into a stored text, and
``text == stored[start:end]`` always holds. Scores say their direction: drift is in [0, 1], 0 is the same meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from drift.typology import Attribution, Category, Severity

__all__ = ["Bead", "Copy", "CopyDrift", "Finding", "Link", "Metrics", "PairDrift", "Report", "Sentence", "Span",
           "Translation"]

Role = Literal["reference", "copy", "unrelated"]


class Shown:
    """Records that a notebook shows as HTML; how is `drift.render.notebook`'s business, loaded when it is asked for."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from drift.render.notebook import mimebundle

        return mimebundle(self)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a stored text; ``text == stored[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Translation:
    """One sentence as the instrument (an MT engine) rendered it into English."""

    text: str
    engine: str  # "transformers", "ctranslate2", "apertium", "identity", …
    model: str  # hub id, folder name or pair of languages
    revision: str | None = None  # hub commit or digest of the local weights
    logprob: float | None = None  # mean log-probability per target token, natural log, <= 0; None: engine has none
    flags: tuple[str, ...] = ()  # "empty", "repetition", "untranslated", "truncated", "wrong-language", "retried", …


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a copy, with its place in the stored text."""

    index: int  # position among the copy's compared sentences, from 0
    start: int
    end: int
    text: str
    paragraph: int = 0  # index of the paragraph it stands in, from 0
    language: str | None = None  # ISO 639-1 code of the paragraph where it differs from the copy's; None: the copy's
    translation: Translation | None = None  # None: not translated (the sentence is English already)

    @property
    def english(self) -> str:
        """The sentence as it is compared: its translation where there is one, else its own text."""
        return self.text if self.translation is None else self.translation.text


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of an article: the stored text and what was read out of it."""

    id: str  # short and unique in a report, normally the file's name without its ending
    path: str  # as given by the user, "-" for stdin
    text: str  # the stored text: decoded, NFC, line ends "\n"; every span points into it
    language: str | None  # ISO 639-1 code; None: too short or too mixed to tell
    sentences: tuple[Sentence, ...]  # the compared sentences, in reading order; boilerplate has none
    boilerplate: tuple[Span, ...] = ()  # parts of the stored text kept out of the comparison
    encoding: str = "utf-8"  # what the bytes were decoded with
    notes: tuple[str, ...] = ()  # one plain sentence each: what a reader of the report should know about this file
    error: str | None = None  # why this copy cannot be compared (no model for its language); None: it can
    control: NoiseFloor | None = None  # what our translator alone does to this article; None: not measured

    @property
    def translated(self) -> bool:
        """Whether any of its sentences is the instrument's rendering rather than the copy's own words."""
        return any(s.translation is not None for s in self.sentences)


@dataclass(frozen=True, slots=True)
class NoiseFloor:
    """The control: the reference sent through the same instrument (en → X → en), and what that says of a translated copy."""

    noise_floor: float  # drift of the reference against itself, 0..1, 0 = the instrument changes nothing
    drift: float  # of the copy, 0..1, without what the control shows too
    drift_without: float  # of the copy, 0..1, as if there were no control
    there: str  # model from English
    back: str  # and into English


@dataclass(frozen=True, slots=True)
class Metrics:
    """String metrics of sacrebleu for one segment or one copy, each in its own scale, None where not computed."""

    bleu: float | None = None  # 0..100, higher is closer
    chrf: float | None = None  # chrF++ 0..100, higher is closer
    ter: float | None = None  # 0.., lower is closer
    similarity: float | None = None  # cosine of sentence embeddings, -1..1, higher is closer


@dataclass(frozen=True, slots=True)
class Link:
    """One edge of a word alignment: spans into the pair's own two texts, and how alike they are in context."""

    reference: Span
    hypothesis: Span
    similarity: float  # cosine of contextual vectors, -1..1


@dataclass(frozen=True, slots=True)
class Finding(Shown):
    """One place where the meaning moved (an MQM *issue*, not a confirmed error).

    Inside a `PairDrift` the spans point into the pair's two texts; inside a `Bead` into the stored texts of the
    reference and of the copy, and `translation_span` into the bead's translations joined by one space.
    """

    id: str  # stable fingerprint, same finding in the next run -> same id; "" until the pipeline sets it
    category: Category
    severity: Severity
    confidence: float  # 0..1, calibrated: of findings at 0.8, four in five are drift
    message: str  # one plain sentence
    reference_span: Span | None = None
    copy_span: Span | None = None
    translation_span: Span | None = None
    attribution: Attribution = "copy"
    evidence: tuple[str, ...] = ()  # plain phrases, strongest first
    status: Literal["unreviewed", "confirmed", "rejected"] = "unreviewed"
    detector: str = ""  # which detector raised it


@dataclass(frozen=True, slots=True)
class PairDrift(Shown):
    """The verdict on one pair of sentences that should mean the same."""

    reference: str
    hypothesis: str
    score: float  # drift, 0..1, 0 = same meaning, higher is worse; orders pairs also where there is no finding
    findings: tuple[Finding, ...]
    similarity: float  # 0..1, how much of the two sentences' words found each other; higher is closer
    metrics: Metrics = Metrics()
    links: tuple[Link, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)  # what the score was computed from, by name
    source: str | None = None
    language: str | None = None

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the findings, None where there is no finding."""
        order: dict[str, int] = {"minor": 0, "major": 1, "critical": 2}
        return max((f.severity for f in self.findings), key=order.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of the reference and of a copy that carry the same content, and what differs between them."""

    kind: str  # "1-1", "1-0" (the copy lacks it), "0-1" (the copy adds it), "1-2", …
    witness: str  # id of the English version it is compared with, normally the reference
    reference: tuple[Sentence, ...]
    copy: tuple[Sentence, ...]
    similarity: float | None  # cosine of the sentence embeddings; None for 1-0 and 0-1
    score: float = 0.0  # drift, 0..1, 0 = same meaning
    metrics: Metrics = Metrics()
    findings: tuple[Finding, ...] = ()
    moved: bool = False  # found out of reading order, in the second pass


@dataclass(frozen=True, slots=True)
class CopyDrift(Shown):
    """One copy against the reference."""

    copy: Copy
    role: Role
    score: float | None  # drift, 0..1, 0 = same meaning; None: could not be compared
    coverage: float  # 0..1, share of the reference's sentences this copy carries
    mqm_per_100_words: float | None  # summed severity weights per 100 words compared; lower is better
    metrics: Metrics
    beads: tuple[Bead, ...] = ()  # in the copy's and the reference's reading order; 0-1 beads stand where they occur
    translator: Mapping[str, str | None] | None = None  # {"engine", "model", "revision"}; None: not translated
    why: str = ""  # one sentence: why this role

    @property
    def id(self) -> str:
        return self.copy.id

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all beads, in reading order."""
        return tuple(f for b in self.beads for f in b.findings)


@dataclass(frozen=True, slots=True)
class Report(Shown):
    """Everything drift says about one set of copies."""

    reference: Copy
    why: Mapping[str, Any]  # criterion -> value: why this version is the reference
    copies: tuple[CopyDrift, ...]  # in order of id; the reference itself is among them with role "reference"
    signature: str  # what must be equal for two reports to be comparable
    warnings: tuple[str, ...] = ()
    metric_signatures: Mapping[str, str] = field(default_factory=dict)  # sacrebleu's own, by metric name

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for c in self.copies for f in c.findings)

    def to_pandas(self) -> Any:
        """Tidy frames ``.copies``, ``.beads``, ``.findings``; see `drift.render.frames`."""
        from drift.render.frames import frames

        return frames(self)

    def plot(self, **options: Any) -> Any:
        """Draw the map and the score of each copy with matplotlib; see `drift.render.plot`."""
        from drift.render.plot import plot

        return plot(self, **options)

    def __getitem__(self, copy_id: str) -> CopyDrift:
        """The drift of one copy by its id; KeyError names the ids there are."""
        for copy in self.copies:
            if copy.id == copy_id:
                return copy
        raise KeyError(f"no copy {copy_id!r}; there are: {', '.join(c.id for c in self.copies)}")
