"""What web sites print around articles, in the languages they are read in: headings, buttons, appeals, bylines.

Whole phrases stand in furniture.txt; what varies is matched by the patterns here. A line is compared without case,
figures, marks and symbols at its ends: "15 Comments ›" is `comments`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal, cast

__all__ = ["Furniture", "byline", "date_line", "furniture"]

# "opener": a heading under which only end matter stands; "comments": one under which readers' words stand;
# "appeal": a paragraph of the site about itself, which may read like prose; "notice": one of law or of source;
# "button": furniture wherever it stands; "weak": only among other furniture, since an article may have such a line too.
Furniture = Literal["opener", "comments", "appeal", "notice", "button", "weak"]

_PATTERNS: Final[tuple[tuple[Furniture, str], ...]] = (
    ("appeal", r"(?:please )?support (?:our|independent|us\b|[\w.-]+\.\w{2,})\b.*"),
    ("appeal", r"your (?:support|contribution|donation|subscription)s? "
               r"(?:helps?|is essential|makes?|enables?|allows?|will help)\b.*"),
    ("notice", r"(?:note|disclaimer|editor'?s? note)\s*:.*\b(?:indexed|syndicated|republished|copyright|"
               r"original source|opinions? expressed|views expressed)\b.*"),
    ("notice", r".*\b(?:do not|don't|does not) claim (?:legitimacy|ownership|copyright)\b.*"),
    ("notice", r"(?:.{0,40}© ?\d{4}|©|\(c\)|copyright\s*(?:©|\(c\)|\d{4}|by\b)).*"),
    ("notice", r".*\b(?:all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|"
               r"tutti i diritti riservati|todos os direitos reservados|все права защищены|wszelkie prawa zastrzeżone|"
               r"усі права захищені)\.?"),
    ("notice", r"this (?:article|post|story|content) (?:was|has been|is|first|originally)\b.{0,20}"
               r"\b(?:appeared|published|posted|syndicated|indexed|generated)\b.{0,80}"),
    ("notice", r"the post .{5,200} (?:appeared first|first appeared) on .*"),
    ("appeal", r"(?:soutenez|unterstützen sie (?:uns|unsere)|sostieni|apoya (?:a |nuestr)|apoie|wesprzyj|"
               r"поддержите (?:нас|наш)|підтримайте (?:нас|наш))\b.*"),
    ("appeal", r"(?:votre (?:soutien|contribution|don)|il tuo (?:sostegno|contributo|supporto)|"
               r"ihre (?:spende|unterstützung)|tu (?:apoyo|contribución)) .*"),
    ("button", r"become an? (?:supporter|member|patron|subscriber|donor)\b.{0,30}"),
    ("button", r"(?:follow|find|like|join|add) (?:us|[\w.]+(?: [\w.]+){0,3}?) on "
               r"(?:facebook|twitter|x|instagram|telegram|youtube|whatsapp|linkedin|google news|"
               r"social media)\b.{0,40}"),
    ("button", r"follow [\w.]+(?: [\w.]+){0,3} (?:social media )?(?:accounts?|channels?|pages?)"),
    ("button", r"(?:subscribe to|sign up (?:to|for)|get) (?:our|the|your)\b.{0,60}"
               r"(?:newsletter|channel|updates|emails?|alerts)\b.{0,40}"),
    ("button", r"(?:suivez|folgen sie|sígu?enos|seguici|siga-nos|volg|подпис\w+ на|підпис\w+ на|śledź|obserwuj)"
               r"\b.{0,50}(?:facebook|twitter|telegram|телеграм|instagram|youtube|google|whatsapp)\b.{0,40}"),
    ("button", r"(?:read|see|watch) (?:also|more|next|too|related)\s*[:|>→].{0,200}"),
    ("button", r"(?:lire aussi|à lire aussi|lesen sie auch|lesen sie mehr|leer también|lea también|lee también|"
               r"leggi anche|leia também|veja também|lees ook|czytaj także|czytaj też|читайте также|читайте також|"
               r"läs också|baca juga|čtěte také)\s*[:|>→–-].{0,200}"),
    ("button", r"tags?\s*[:|#].{0,200}"),
    ("button", r"(?:filed under|posted in|categories|category|topics)\s*[:|].{0,120}"),
    ("button", r"(?:to see the article at )?original source.{0,20}click here"),
    ("weak", r"(?:\d+ )?(?:min(?:ute)?s?|minuten|minuti|minutos|мин\w*) "
             r"(?:read|de lecture|lesezeit|di lettura|de lectura|de leitura|чтения)"),
    ("weak", r"(?:reading time|lesezeit|temps de lecture|tempo di lettura|tiempo de lectura|время чтения)\b.{0,20}"),
    ("weak", r"https?://\S+"),
    ("weak", r"image source,? .{1,60}"),
    ("weak", r"[^|›»>.]{1,25}(?: ?[|›»>] ?[^|›»>.]{1,25}){2,}"),  # a menu or a path
)
_BYLINES: Final[dict[str, str]] = {
    "en": "by|written by|reported by|reporting by|posted by", "fr": "par|de|écrit par", "de": "von|ein artikel von",
    "es": "por|de", "it": "di|da|a cura di", "pt": "por|de", "nl": "door|van", "pl": "autor|autorka",
    "ru": "автор|авторы|текст",
    "uk": "автор|автори|текст", "sv": "av", "da": "af", "no": "av", "ro": "de", "cs": "autor", "tr": "yazan",
}
HOMES = ("accueil", "startseite", "inicio", "início", "главная", "головна", "strona główna", "anasayfa", "首页")
LONGEST_PATH = 60  # characters
LONGEST = 600  # characters; a longer paragraph is no furniture
_NAME = r"[^\W\d_][\w.'’-]*"
_PARTICLES = "de|da|di|del|della|van|von|der|den|la|le|bin|al|el|and|et|und|y|e|en|i|и|та"
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
# Words that stand beside the date in a date line, in many languages.
_DATE_WORDS = re.compile(
    r"\b(?:published|updated|posted|modified|changed?|last|on|at|am|pm|a\.m|p\.m|gmt|utc|cet|est|et|pst|bst|uhr|um|h|min|"
    r"ore|alle|publié|mis|à|jour|le|mise|modifié|veröffentlicht|aktualisiert|stand|erschienen|vom|publicado|actualizado|"
    r"atualizado|em|el|a las|de|del|pubblicato|aggiornato|il|modificato|modifica|hace|опубликовано|обновлено|изменено|"
    r"в|от|года|г|оновлено|опубліковано|о|року|opublikowano|aktualizacja|gepubliceerd|bijgewerkt|op|om|the|of|first|date|datum|"
    r"data|fecha|дата)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _table() -> dict[str, Furniture]:
    table: dict[str, Furniture] = {}
    kind: Furniture = "weak"
    for line in files("drift.read").joinpath("furniture.txt").read_text(encoding="utf-8").splitlines():
        heading = re.match(r"\[(\w+)\]", line)
        if heading:
            kind = cast(Furniture, heading[1])
        elif not line.startswith("#"):
            table.update({_key(phrase): kind for phrase in line.split("|") if phrase.strip()})
    return table


@lru_cache(maxsize=1)
def _regexes() -> tuple[tuple[Furniture, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in _PATTERNS)


def _key(line: str) -> str:
    return _ENDS.sub("", " ".join(line.split())).replace("’", "'").casefold()


def furniture(line: str) -> Furniture | None:
    """Say what kind of site furniture a line is, None where it may be the article's own."""
    if len(line) > LONGEST:
        return None
    flat = " ".join(line.split()).replace("’", "'")
    key = _key(flat)
    if not key:  # "0", "***", "»": a counter or an ornament
        return "weak"
    kind = _table().get(key)
    if kind is not None:
        # "Comments?" may be asked in an interview, "Share." may be said.
        return None if flat.endswith(("?", "!", ".")) and not flat.endswith("...") else kind
    if _key(re.split(r" ?[|›»>] ?", flat, maxsplit=1)[0]) in ("home", *HOMES) and len(flat) <= LONGEST_PATH:
        return "weak"  # "Home › News"
    for kind, pattern in _regexes():
        if pattern.fullmatch(flat):
            return kind
    return None


def byline(line: str, language: str | None) -> bool:
    """Whether a line says only who wrote the article: "By Jane Doe and John Roe", "von Max Mustermann"."""
    flat = " ".join(line.split())
    words = "|".join(_BYLINES.get(lang, "") or "by" for lang in {language or "en", "en"})
    match = re.fullmatch(rf"(?i:{words})\s*:?\s+(.+)", flat)
    if match is None or len(flat.split()) > 9 or flat.endswith((".", "?", "!", "…", ":")):
        return False
    names = re.sub(r"[,|&/]", " ", match[1]).split()
    if flat[:3].casefold() == "by ":  # an agency may write its own name small: "by time news"
        return len(names) <= 5
    return all(re.fullmatch(_PARTICLES, n) or (n[0].isupper() and re.fullmatch(_NAME, n)) for n in names)


def date_line(line: str) -> bool:
    """Whether a line says only when the article was published or changed, in whatever way."""
    if not re.search(r"\d", line) or len(line) > 120:
        return False
    rest = _DATE_WORDS.sub(" ", line)
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if len(word) > 1]
    digits = re.search(r"\b(?:1[89]|20)\d\d\b|\d{1,2}[./-]\d{1,2}|\d{1,2}[:h]\d{2}", line) is not None
    return digits and len(words) <= 4 and len(re.findall(r"\d+", line)) >= 2
