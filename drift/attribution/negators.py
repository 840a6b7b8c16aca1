"""The words that deny, language by language: a closed class of function words, read off reference grammars.

Only words that deny on their own are counted, and the second half of French pairs (ne … pas). Two uses matter here:
whether a sentence denies at all, and how often; a table of some twenty words a language is enough for both.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["count_negations"]

# ISO 639-1 -> words that deny; case-folded, whole words.
_WORDS: Final[dict[str, str]] = {
    "en": "not no never nothing nobody none neither nor without nowhere cannot n't",
    "fr": "pas jamais rien aucun aucune nul nulle sans ni non guère nullement",
    "de": "nicht nichts kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem ohne weder nirgends nirgendwo",
    "es": "no nunca jamás nada nadie ningún ninguno ninguna ninguno sin ni tampoco",
    "it": "non mai niente nulla nessuno nessuna nessun senza né neanche nemmeno neppure",
    "pt": "não nunca jamais nada ninguém nenhum nenhuma sem nem tampouco",
    "ca": "no mai res ningú cap sense ni tampoc",
    "gl": "non nunca nada ninguén ningún ningunha sen nin tampouco",
    "ro": "nu niciodată nimic nimeni niciun nicio fără nici",
    "nl": "niet niets geen nooit niemand zonder noch nergens",
    "sv": "inte ej icke aldrig inget ingen inga ingenting utan varken",
    "da": "ikke ej aldrig intet ingen ingenting uden hverken",
    "nb": "ikke ei aldri intet ingen ingenting uten verken",
    "no": "ikke ei aldri intet ingen ingenting uten verken",
    "pl": "nie nigdy nic nikt nikogo żaden żadna żadne żadnych bez ani",
    "cs": "ne není nejsou nikdy nic nikdo nikoho žádný žádná žádné bez ani",
    "ru": "не нет ни никогда ничего ничто никто никого никакой никаких без нельзя",
    "uk": "не немає ні ані ніколи нічого ніщо ніхто нікого жоден без",
    "tr": "değil yok hiç hiçbir asla olmadan",
    "hu": "nem ne sem soha semmi senki nincs nélkül",
    "fi": "ei en et emme ette eivät älä koskaan mitään kukaan ilman",
    "el": "δεν μη μην όχι ποτέ τίποτα κανείς κανένας χωρίς ούτε",
    "id": "tidak bukan tak jangan belum tanpa",
}  # fmt: skip
_SETS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD: Final = re.compile(r"n['’]t\b|[^\W\d_]+")
# Words that deny only beside French "ne": "ne … plus" is "no longer", "plus" alone is "more".
_BESIDE_NE: Final = frozenset({"plus", "personne"})
_REACH: Final = 6  # words between "ne" and its other half
_OF_PHRASES: Final = frozenset(
    [
        "without",
        "sans",
        "ohne",
        "sin",
        "senza",
        "sem",
        "sense",
        "sen",
        "fără",
        "zonder",
        "utan",
        "uden",
        "uten",
        "bez",
        "без",
        "nélkül",
        "ilman",
        "χωρίς",
        "tanpa",
        "non",
    ]
)
_CONTRACTED: Final = re.compile(r"(?<=[a-z])n['’]t\b|\bcannot\b", re.IGNORECASE)


def count_negations(text: str, language: str, *, of_phrases: bool = False) -> int | None:
    """How many words of the sentence deny; None for a language without a table.

    `of_phrases` counts only those that deny a phrase rather than the sentence: "without a word", "or not".
    """
    words = _SETS.get(language)
    if words is None:
        return None
    if of_phrases:
        words = words & _OF_PHRASES
    if language == "en":
        text = _CONTRACTED.sub(" not", text)
    tokens = [m.group().casefold() for m in _WORD.finditer(text)]
    count = sum(t in words for t in tokens)
    if language == "fr" and not of_phrases:
        count += sum(
            t in _BESIDE_NE and any(before in ("ne", "n") for before in tokens[max(0, k - _REACH) : k])
            for k, t in enumerate(tokens)
        )
    return count
