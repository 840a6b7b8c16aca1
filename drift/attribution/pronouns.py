"""Whom the copy's own sentence speaks of: does its he, she, my or their stand with the reference or with the translation?

Many languages do not say what English must say: French "sa fille" is his daughter and her daughter, Turkish "o" is he and she.
A translation from them has to guess, and a guess is not the copy's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from drift.attribution.case import Case, Fact

__all__ = ["pronoun_facts"]

# Persons as English tells them apart: 1 and 4 I and we, 2 you, m f n he she it, 6 they.
_ENGLISH: Final = {
    "own": "my:1 mine:1 your:2 yours:2 his:m her:f hers:f its:n our:4 ours:4 their:6 theirs:6",
    "who": "i:1 me:1 myself:1 you:2 yourself:2 yourselves:2 he:m him:m himself:m she:f her:f herself:f it:n itself:n "
           "we:4 us:4 ourselves:4 they:6 them:6 themselves:6",
}  # fmt: skip
# ISO 639-1 -> possessors ("own") and persons ("who"): a word and all the persons that it can stand for, from reference
# grammars. A star is any ending. Languages that leave their subjects out are in _SILENT.
_TABLES: Final[dict[str, dict[str, str]]] = {
    "fr": {
        "own": "mon:1 ma:1 mes:1 mien*:1 ton:2 ta:2 tes:2 tien*:2 son:mfn sa:mfn ses:mfn sien*:mfn notre:4 nos:4 nôtre*:4 "
               "votre:2 vos:2 vôtre*:2 leur:6 leurs:6",
        "who": "je:1 j:1 me:1 m:1 moi:1 tu:2 te:2 toi:2 vous:2 il:mn elle:fn nous:4 ils:6 elles:6 eux:6 lui:mfn on:46",
    },
    "de": {
        "own": "mein*:1 dein*:2 euer*:2 eure*:2 sein:mn seine:mn seinen:mn seinem:mn seiner:mn seines:mn ihr:f62 ihre:f62 "
               "ihren:f62 ihrem:f62 ihrer:f62 ihres:f62 unser*:4 unsre*:4",
        "who": "ich:1 mich:1 mir:1 du:2 dich:2 dir:2 euch:2 er:mn ihn:mn ihm:mn sie:fn62 ihr:fn2 ihnen:62 es:n wir:4 uns:4",
    },
    "es": {
        "own": "mi:1 mis:1 mío*:1 mía*:1 tu:2 tus:2 tuyo*:2 tuya*:2 su:mfn62 sus:mfn62 suyo*:mfn62 suya*:mfn62 nuestr*:4 vuestr*:2",
        "who": "yo:1 me:1 mí:1 tú:2 te:2 ti:2 usted*:2 él:mn ella:fn nosotr*:4 nos:4 vosotr*:2 ellos:6 ellas:6 le:mfn2 les:62",
    },
    "it": {
        "own": "mio:1 mia:1 miei:1 mie:1 tuo:2 tua:2 tuoi:2 tue:2 suo:mfn2 sua:mfn2 suoi:mfn2 sue:mfn2 nostr*:4 vostr*:2 loro:6",
        "who": "io:1 mi:1 me:1 tu:2 ti:2 te:2 voi:2 vi:2 lui:m egli:m gli:m6 lei:f2 ella:f noi:4 ci:4 loro:6 essi:6 esse:6",
    },
    "pt": {
        "own": "meu:1 meus:1 minha:1 minhas:1 teu:2 teus:2 tua:2 tuas:2 seu:mfn62 seus:mfn62 sua:mfn62 suas:mfn62 nosso*:4 nossa*:4 "
               "dele:mn dela:fn deles:6 delas:6 vosso*:2 vossa*:2",
        "who": "eu:1 me:1 mim:1 tu:2 te:2 você*:2 ele:mn ela:fn nós:4 nos:4 eles:6 elas:6 lhe:mfn2 lhes:62",
    },
    "ca": {
        "own": "meu*:1 meva*:1 meves:1 teu*:2 teva*:2 seu:mfn62 seus:mfn62 seva:mfn62 seves:mfn62 nostr*:4 vostr*:2 llur*:6",
        "who": "jo:1 em:1 mi:1 tu:2 et:2 vostè*:2 ell:mn ella:fn nosaltres:4 ens:4 ells:6 elles:6 li:mfn2",
    },
    "nl": {
        "own": "mijn:1 jouw:2 je:2 uw:2 jullie:2 zijn:mn haar:f ons:4 onze:4 hun:6",
        "who": "ik:1 mij:1 jij:2 jou:2 je:2 u:2 jullie:2 hij:mn hem:mn zij:f6 ze:f6 haar:f het:n wij:4 we:4 ons:4 hen:6 hun:6",
    },
    "sv": {
        "own": "min:1 mitt:1 mina:1 din:2 ditt:2 dina:2 er:2 ert:2 era:2 hans:m hennes:f dess:n sin:mfn6 sitt:mfn6 sina:mfn6 vår:4 "
               "vårt:4 våra:4 deras:6",
        "who": "jag:1 mig:1 du:2 dig:2 ni:2 er:2 han:m honom:m hon:f henne:f den:n vi:4 oss:4 de:6 dem:6",
    },
    "da": {
        "own": "min:1 mit:1 mine:1 din:2 dit:2 dine:2 jeres:2 hans:m hendes:f dens:n dets:n sin:mfn sit:mfn sine:mfn vores:4 deres:62",
        "who": "jeg:1 mig:1 du:2 dig:2 jer:2 han:m ham:m hun:f hende:f den:n vi:4 os:4 de:62 dem:62",
    },
    "nb": {
        "own": "min:1 mitt:1 mine:1 din:2 ditt:2 dine:2 deres:62 hans:m hennes:f sin:mfn6 sitt:mfn6 sine:mfn6 vår:4 vårt:4 våre:4",
        "who": "jeg:1 meg:1 du:2 deg:2 dere:2 han:m ham:m hun:f henne:f den:n vi:4 oss:4 de:62 dem:62",
    },
    "ru": {
        "own": "мой:1 моя:1 моё:1 мои:1 моего:1 моей:1 моим:1 моих:1 моём:1 моему:1 твой:2 твоя:2 твои:2 твоего:2 твоей:2 ваш*:2 "
               "наш*:4 его:mn её:f ее:f их:6 сво*:124mfn6",
        "who": "я:1 меня:1 мне:1 мной:1 ты:2 тебя:2 тебе:2 вы:2 вас:2 вам:2 он:mn его:mn ему:mn него:mn нему:mn она:fn её:fn ее:fn "
               "ней:fn неё:fn нее:fn мы:4 нас:4 нам:4 нами:4 они:6 их:6 им:mn6 них:6 ними:6",
    },
    "uk": {
        "own": "мій:1 моя:1 моє:1 мої:1 мого:1 моєї:1 твій:2 твоя:2 твої:2 ваш*:2 наш*:4 його:mn її:f їх:6 їхн*:6 сво*:124mfn6 "
               "свій:124mfn6",
        "who": "я:1 мене:1 мені:1 ти:2 тебе:2 тобі:2 ви:2 вас:2 вам:2 він:mn його:mn йому:mn вона:fn її:fn їй:fn ми:4 нас:4 нам:4 "
               "вони:6 їх:6 їм:6 них:6",
    },
    "pl": {
        "own": "mój:1 moja:1 moje:1 mojego:1 mojej:1 moich:1 twój:2 twoja:2 twoje:2 wasz*:2 nasz*:4 jego:mn jej:f ich:6 swoj*:124mfn6 "
               "swój:124mfn6 swe*:124mfn6",
        "who": "ja:1 mnie:1 mi:1 ty:2 ciebie:2 ci:2 wy:2 was:2 on:mn jego:mn jemu:mn mu:mn go:mn ona:fn ją:fn jej:fn my:4 nas:4 "
               "nam:4 oni:6 one:6 ich:6 im:6",
    },
    "tr": {
        "own": "benim:1 senin:2 sizin:2 bizim:4 onun:mfn onların:6",
        "who": "ben:1 beni:1 bana:1 sen:2 seni:2 sana:2 siz:2 sizi:2 size:2 o:mfn onu:mfn ona:mfn biz:4 bizi:4 bize:4 onlar:6 onları:6",
    },
    "hu": {"own": "", "who": "én:1 engem:1 nekem:1 te:2 téged:2 neked:2 ő:mfn őt:mfn neki:mfn mi:4 minket:4 ők:6 őket:6 nekik:6"},
    "fi": {
        "own": "minun:1 sinun:2 teidän:2 hänen:mf sen:n meidän:4 heidän:6",
        "who": "minä:1 minut:1 minua:1 minulle:1 sinä:2 sinut:2 te:2 hän:mf hänet:mf häntä:mf hänelle:mf me:4 meitä:4 he:6 heitä:6",
    },
}  # fmt: skip
# Languages whose verbs do without a subject, or whose nouns carry their possessor in an ending that is not read here.
_SILENT: Final = frozenset({"es", "it", "pt", "ca", "ru", "uk", "pl", "tr", "hu", "fi"})
_WORD: Final = re.compile(r"[^\W\d_]+")
_THIRD: Final = frozenset("mfn")

_Table = dict[str, frozenset[str]]


def _read(text: str) -> _Table:
    rows = (entry.split(":") for entry in text.split())
    return {word: frozenset(persons) for word, persons in rows}


_READ: Final = {
    language: {slot: _read(text) for slot, text in table.items()}
    for language, table in {"en": _ENGLISH, **_TABLES}.items()
}


def pronoun_facts(case: Case) -> Iterator[Fact]:
    """Where a finding is one pronoun in another's place: which of the two the source has, or that it has no such difference."""
    table = _READ.get(case.language)
    old, new = case.lost.casefold(), case.gained.casefold()
    slot = next((s for s in ("own", "who") if old in _READ["en"][s] and new in _READ["en"][s]), "")
    if table is None or not slot or case.language == "en":
        return
    (a,), (b,) = _READ["en"][slot][old], _READ["en"][slot][new]
    if a == b:
        return
    ours = _said(case.source, table[slot], a, b)
    wanted, got = _said(case.reference, _READ["en"][slot], a, b), _said(case.hypothesis, _READ["en"][slot], a, b)
    if not ours[a] and not ours[b]:
        if ours[""] or ({a, b} <= _THIRD and case.language in _SILENT):
            words = f" (“{ours[''][0]}”)" if ours[""] else ""
            yield Fact(
                "open_pronoun",
                1.0,
                f"the original sentence leaves open whether “{case.lost}” or “{case.gained}” is meant{words}",
            )
        return
    nearer = _apart(ours, got, a, b) - _apart(ours, wanted, a, b)
    if nearer > 0:
        told = f"has “{ours[a][0]}”" if ours[a] else f"has “{ours[b][0]}” no more often"
        yield Fact("reference_pronoun", 1.0, f"the original sentence {told}, as the reference does")
    elif nearer < 0 and ours[b]:
        yield Fact("copy_pronoun", 1.0, f"the original sentence itself has “{ours[b][0]}”")


def _said(text: str, table: _Table, a: str, b: str) -> dict[str, list[str]]:
    """The words of a text that mean one of two persons, and under "" those that may mean either."""
    found: dict[str, list[str]] = {a: [], b: [], "": []}
    for match in _WORD.finditer(text):
        word = match.group()
        persons = table.get(word.casefold()) or next(
            (p for k, p in table.items() if k[-1] == "*" and word.casefold().startswith(k[:-1])), frozenset()
        )
        meant = persons & {a, b}
        if meant:
            found["" if len(meant) == 2 else next(iter(meant))].append(word)
    return found


def _apart(ours: dict[str, list[str]], theirs: dict[str, list[str]], a: str, b: str) -> int:
    return sum(abs(len(ours[k]) - len(theirs[k])) for k in (a, b))
