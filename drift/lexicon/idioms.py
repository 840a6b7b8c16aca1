"""Idioms that deny, grant or refuse without saying so: "turned a blind eye", "fell on deaf ears", "gave the green light".

What they mean does not follow from their words, so no dictionary of words and no word vector has it. Each entry says in plain words what
the idiom means, and what would be its opposite.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["Idiom", "idioms_in"]

_OWNER: Final = r"(?:my|your|his|her|its|our|their|one 's|the|a|an|own|such|any|very)"
# Words one of which must be there: pattern = plain words | their opposites, these two in base forms. In a pattern, "*" stands for the
# endings of a word, "~" for a possessor or an article, "..." for up to four words.
_TABLE: Final = """
blind: turn* ~ blind eye = ignore overlook disregard tolerate neglect condone allow | see watch notice face confront punish fight
other: look* the other way = ignore overlook disregard tolerate condone allow | see watch notice confront intervene punish fight
eye eyes: (close|shut)* ~ eye* (to|on|before) = ignore overlook disregard tolerate condone | see watch notice face confront
deaf: turn* ~ deaf ear = ignore disregard reject refuse | hear listen heed answer obey grant
deaf: (fall|fell|fallen|falls|falling) on deaf ears = ignore disregard reject refuse | hear listen heed answer follow obey grant welcome
tongue: (hold|held|holds|bite|bit|bites) ~ tongue = refrain withhold | speak talk tell reveal disclose blurt
silent mum: (keep|keeps|kept|keeping|remain*|stay*) (silent|mum) = refrain withhold decline | speak talk tell reveal disclose
carpet rug: (sweep|sweeps|swept|sweeping) ... under the (carpet|rug) = hide conceal hush ignore | reveal disclose publish expose address
hands: wash* ~ hands of = disclaim abandon renounce reject deny | accept assume shoulder
towel: throw* in the towel = surrender quit resign abandon | continue persevere persist resist
towel: threw in the towel = surrender quit resign abandon | continue persevere persist resist
ground: stand* ~ ground = resist persist insist refuse | surrender yield retreat
ground: stood ~ ground = resist persist insist refuse | surrender yield retreat
hatchet: (bury|buries|buried|burying) the hatchet = reconcile settle | quarrel fight feud
down: back* down = yield retreat relent surrender withdraw | insist persist resist
cold: (pour|throw)* cold water on = discourage reject dampen doubt | encourage welcome support endorse approve
cold: threw cold water on = discourage reject dampen doubt | encourage welcome support endorse approve
cold: (give|gives|gave|given|giving) ... the cold shoulder = snub ignore rebuff reject | welcome embrace
shrift: (give|gives|gave|given|giving) ... short shrift = dismiss reject | welcome accept praise
green ahead: (give|gives|gave|given|giving) ... ~ (green light|go ahead|go - ahead) = approve allow permit | refuse reject ban veto block
back backs: turn* ~ (back|backs) on = abandon desert reject | support embrace back
out: (rule|rules|ruled|ruling) out = exclude reject deny impossible | announce plan promise consider possible conceivable
saying: (go|goes|went) without saying = obvious evident clear naturally natural course | doubtful questionable unclear
light: (make|makes|made|making) light of = belittle dismiss downplay trivial insignificant | alarming emphasise stress dramatise
eyelid eyelash: (bat|bats|batted|batting) ~ (eyelid|eyelash) = flinch react wince shaken moved | unmoved calm impassive unshaken
paid: (put|puts|putting) paid to = end dash destroy finish ruin | raise revive encourage
issue: take* issue with = dispute contest challenge disagree criticise | confirm agree accept endorse
issue: took issue with = dispute contest challenge disagree criticise | confirm agree accept endorse
doubt: (cast|casts|casting) doubt on = doubt question dispute challenge | confirm prove endorse
differ: (beg|begs|begged) to differ = disagree dispute contest | agree concur
back: (go|goes|went|gone|going) back on = break breach betray | keep honour fulfil
nothing nought: (come|comes|came) to (nothing|nought) = fail collapse | succeed flourish
through: (fall|falls|fell|fallen) through = fail collapse | succeed
blank: (draw|draws|drew|drawn) a blank = fail | succeed find discover
clear: (steer|steers|steered) clear of = avoid shun | seek approach embrace join
away: (shy|shies|shied|shying) away from = avoid shun | seek embrace dare
short: stop* short of = refrain avoid |
secret: (make|makes|made|making) no secret of = admit reveal show | hide conceal deny
effort efforts expense: (spare|spares|spared|sparing) no (effort|efforts|expense) = strive try everything every all | neglect
stone: (leave|leaves|left|leaving) no stone unturned = try everything every all | neglect
time: (lose|loses|lost|losing) no time = promptly immediately swiftly quickly hurry | delay belatedly slowly
nothing: stop* at nothing = anything everything ruthless |
""".strip()


@dataclass(frozen=True, slots=True)
class Idiom:
    """One idiom in a sentence: its words, what it means and what would be its opposite, in base forms."""

    words: tuple[int, ...]  # places of its own words, in order; an object in its midst is none of them
    means: frozenset[str]
    opposite: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: re.Pattern[str]
    means: frozenset[str]
    opposite: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, list[_Entry]]:
    """The entries by the words one of which must be there."""
    entries: dict[str, list[_Entry]] = {}
    for line in _TABLE.splitlines():
        needed, _, rest = line.partition(": ")
        form, _, meaning = rest.partition(" = ")
        means, _, opposite = meaning.partition("|")
        entry = _Entry(re.compile(_expression(form)), frozenset(means.split()), frozenset(opposite.split()))
        for word in needed.split():
            entries.setdefault(word, []).append(entry)
    return entries


def _expression(form: str) -> str:
    """The regular expression of a pattern; the preposition that follows belongs to the idiom."""
    form = form.replace("(", "(?:").replace("~", _OWNER).replace(" ... ", " (?P<object>(?:[^ ]+ ){0,4})")
    form = re.sub(r"(\w+|\))\*", r"\1(?:s|es|d|ed|ing|n|en)?", form)
    return rf"\b{form}(?: (?:to|on|of))?\b"


@lru_cache(maxsize=8192)
def idioms_in(words: tuple[str, ...]) -> tuple[Idiom, ...]:
    """The idioms in a sentence of case-folded words, in order."""
    table = _table()
    possible = {id(entry): entry for word in table.keys() & set(words) for entry in table[word]}
    text = " ".join(words) if possible else ""
    found = [
        Idiom(_own(text, match), entry.means, entry.opposite)
        for entry in possible.values() for match in entry.pattern.finditer(text)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda idiom: idiom.words))


def _own(text: str, match: re.Match[str]) -> tuple[int, ...]:
    def place(at: int) -> int:
        return text.count(" ", 0, at)

    between = range(*(place(at) for at in match.span("object"))) if "object" in match.re.groupindex else range(0)
    return tuple(k for k in range(place(match.start()), place(match.end()) + 1) if k not in between)
