"""Findings in translated sentences, and a model that stands in, for the tests of attribution."""

from __future__ import annotations

from drift.attribution.case import Case
from drift.compare import Judged
from drift.records import Bead, Copy, Finding, PairDrift, Sentence, Span, Translation


def span(text, words):
    start = text.index(words)
    return Span(start, start + len(words), words)


def case(source, reference, hypothesis, lost="", gained="", *, detector="names", category="name", language="fr", **more):
    finding = Finding(
        "", category, more.pop("severity", "critical"), 0.9, more.pop("message", "changed"), detector=detector,
        reference_span=span(reference, lost) if lost else None,
        copy_span=span(hypothesis, gained) if gained else None,
    )  # fmt: skip
    return Case(finding, reference, hypothesis, source, language)


class FakeModel:
    """Knows which target words each source makes likely; every word is a token."""

    engine, model, revision, source, target = "fake", "fake", "1", "fr", "en"

    def __init__(self, likely=None):
        self.likely = likely or {}
        self.asked = []

    def translate(self, sentences, *, progress=None):
        return [Translation(s.replace("chat", "cat"), "fake", "fake") for s in sentences]

    def score(self, sources, targets):
        self.asked += zip(sources, targets, strict=True)
        return [
            [("▁" + w, -0.1 if w in self.likely.get(s, ()) else -5.0) for w in t.split()] + [("</s>", -0.1)]
            for s, t in zip(sources, targets, strict=True)
        ]


def judged_copy(c):
    """One translated sentence with one finding, as the pipeline hands it over."""
    reference = Sentence(0, 0, len(c.reference), c.reference)
    sentence = Sentence(0, 0, len(c.source), c.source, translation=Translation(c.hypothesis, "fake", "fake"))
    copy = Copy("c", "c.txt", c.source, c.language, (sentence,))
    bead = Bead("1-1", "r", (reference,), (sentence,), 0.9, score=0.4, findings=(c.finding,))
    return Judged(copy, (bead,), (PairDrift(c.reference, c.hypothesis, 0.4, (c.finding,), 0.9),))


WHO = {"detector": "roles", "category": "role"}
SOURCE_HAS_THE_REFERENCE = [
    case("Poutine est venu.", "Mr Putin came.", "Mr Poulin came.", "Putin", "Poulin"),
    case("La panne dure depuis Pâques.", "It has lasted since Easter.", "It has lasted since Pâques.", "", "Pâques", category="addition"),
    case("Lundi, Londres a refusé.", "On Monday London refused.", "On Monday Lomond refused.", "London", "Lomond"),
    case("Сегодня Назарбаев уехал.", "Today Nazarbayev left.", "Today Nasser left.", "Nazarbayev", "Nasser", language="ru"),
    case("Le saint Saint Martin.", "The holy St Martin.", "The holy Saint Martin.", "St", "Saint"),
    case("Il a tenu trois saisons sur quatre.", "It held for three seasons out of four.", "It held three seasons.",
         "three seasons out of four", "three", detector="numbers"),
    case("Il y a 18 ans.", "It was 18 years ago.", "It was 8 years ago.", "18", "8", detector="numbers"),
    case("Il y a dix-huit ans.", "It was 18 years ago.", "It was 8 years ago.", "18", "8", detector="numbers"),
    case("Coût : 2,1 milliards d'euros.", "It cost 2.1 billion.", "It cost 2.1.", "2.1 billion", "2.1", detector="numbers"),
    case("Er kostet 1.000 Euro.", "It costs 1,000.", "It costs 1.", "1,000", "1", detector="numbers", language="de"),
    case("au XIXe siècle", "in the 19th century", "in the 21st century", "19th", "21st", detector="numbers"),
    case("Il a marché à 15 h.", "He walked at 3 p.m. today.", "He walked at 5.", "3 p.m.", "5", detector="numbers"),
    case("Il est tombé 25 cm.", "There were 10 inches.", "There were 25 cm.", "10", "25", detector="numbers"),
    case("Un tribunal a condamné jeudi un maire.", "On Thursday a court sentenced a mayor.", "A court sentenced a mayor.", "Thursday",
         detector="numbers", category="omission"),
    case("Il est né en mai.", "He was born in May.", "He was born in March.", "May", "March", detector="numbers", category="date"),
    case("Суд вынес приговор 7 января.", "The court ruled on 7 January.", "The court ruled on 7 June.", "January", "June",
         detector="numbers", category="date", language="ru"),
    case("会议于星期四举行。", "It met on Thursday.", "It met on Friday.", "Thursday", "Friday", detector="numbers", category="date",
         language="zh"),
    case("Elle ne parle pas.", "She does not speak.", "She speaks.", "not", "speaks", detector="polarity"),
    case("Er kam nie.", "He never came.", "He came.", "never", "came", detector="polarity", language="de"),
    case("Vient-il ?", "Does he come?", "He comes.", "?", ".", detector="modality", category="modality",
         message="A question became a statement."),
    case("Elle a dit qu'il partait.", "She said he was leaving.", "She said she was leaving.", "he", "she", **WHO),
    case("Nous aimons notre pays.", "We love our country.", "We love your country.", "our", "your", **WHO),
    case("Ich mag ihn.", "I like him.", "I like her.", "him", "her", language="de", **WHO),
    # The copy's language leaves open what English has to say.
    case("Il a vu sa fille.", "He saw her daughter.", "He saw his daughter.", "her", "his", **WHO),
    case("La ley es suya.", "The law is hers.", "The law is theirs.", "hers", "theirs", language="es", **WHO),
    case("Dijo que vendría.", "She said so.", "He said so.", "She", "He", language="es", **WHO),
    case("O geldi.", "She came.", "He came.", "She", "He", language="tr", **WHO),
]  # fmt: skip

SOURCE_HAS_THE_COPY = [
    (case("Le maire de Lyon parle.", "The mayor of Paris speaks.", "The mayor of Lyon speaks.", "Paris", "Lyon"), "name_exchanged"),
    (case("Il y a 32 ans.", "It was 18 years ago.", "It was 32 years ago.", "18", "32", detector="numbers"), "number_exchanged"),
    (case("Il est né en mars.", "He was born in May.", "He was born in March.", "May", "March", detector="numbers", category="date"),
     "number_exchanged"),
    (case("Er kam am Dienstag an.", "He came on Thursday.", "He came on Tuesday.", "Thursday", "Tuesday", detector="numbers",
          category="date", language="de"), "number_exchanged"),
    (case("Elle ne parle pas.", "She speaks.", "She does not speak.", "speaks", "not", detector="polarity"), "copy_negation"),
    (case("Elle parle.", "She does not speak.", "She speaks.", "not", "speaks", detector="polarity"), "copy_negation"),
    (case("Il vient.", "Does he come?", "He comes.", "?", ".", detector="modality", category="modality",
          message="A question became a statement."), "copy_question"),
    (case("Elle est venue.", "He came.", "She came.", "He", "She", **WHO), "copy_pronoun"),
    (case("C'est mon ennemi.", "It is their enemy.", "It is my enemy.", "their", "my", **WHO), "copy_pronoun"),
    (case("Das ist sein Auto.", "It is her car.", "It is his car.", "her", "his", language="de", **WHO), "copy_pronoun"),
    (case("La panne dure depuis Pâques.", "It has lasted since Monday.", "It has lasted since Pâques.", "", "Pâques",
          category="addition"), "name_exchanged"),
]  # fmt: skip

# (case, fact): what the bilingual word list that comes with the French model says, whatever the model made of the sentence
GLOSSED = [
    (case("Là Allemagne entre-temps, il a suspendu l'exportation.", "Meanwhile Germany has suspended the export.",
          "In the meantime, it suspended the export.", "Germany", category="omission"), "reference_name"),
    (case("La récolte a été détruite.", "The harvest was destroyed.", "The recoltch was destroyed.", "harvest", "recoltch",
          detector="wording", category="wording"), "has_lost"),
    (case("Les loups ont mangé le pain.", "The wolves ate the cheese.", "The wolves ate the bread.", "cheese", "bread",
          detector="wording", category="wording"), "has_gained"),
    (case("Les loups ont mangé le pain.", "The wolves ate the cheese.", "The wolves ate the bread.", "cheese", "bread",
          detector="wording", category="wording"), "lacks_lost"),
    (case("Il est parti.", "He left.", "He left the castle.", "", "castle", detector="coverage", category="addition"), "lacks_gained"),
]  # fmt: skip
