"""Words that end in a full stop without ending a sentence, for what sentencex does not know.

Only what stands before a capital letter or a figure needs to be here: a stop before a small letter after a short word
is never taken for the end of a sentence.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ABBREVIATIONS", "CONJUNCTIONS", "PARTICLES", "TITLES"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Titles before names, in any language: translations keep them.
TITLES: Final = _words("""
    Mr Mrs Ms Messrs Dr Prof St Sen Gov Gen Rep Lt Col Capt Cpt Sgt Cmdr Adm Rev Hon Pres Mme Mlle MM Mgr Sig Sigg
    Dott Avv Sra Srta Sr Dra Hr Fr Dhr Mevr Mw Ir Drs Ing Inż Gosp Тов Проф Акад Ген Полк Пр
""")
ABBREVIATIONS: Final[dict[str, frozenset[str]]] = {
    language: _words(words)
    for language, words in {
        "en": "approx vs viz cf chap para sect art Nos pp vol Fig Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec "
        "Ave Blvd Rd Mt Ft",
        "fr": "M Me cf p pp art chap env éd fig hab max min n° No vol av apr janv févr juil sept oct nov déc "
        "Cie Sté Ste dr mgr",
        "de": "bzw ca d evtl ggf h inkl z B u a o Nr S Bd Abs Art Fa Hr Fr Frl Str Tel vgl Jh Mio Mrd Mr Dipl Ing "
        "gest geb Jan Feb Apr Aug Sept Okt Nov Dez bspw sog Mag",
        "it": "sig sigg dott avv on ing prof dr art cfr ecc es pag pagg n num vol sen gen col",
        "es": "Sr Sra Srta Dr Dra D Dña Ud Uds Vd Vds EE UU art cf núm pág págs p ej tel gral cap",
        "pt": "Sr Sra Srs Dr Dra D Exmo art núm pág págs p ex tel cap V Eng Arq",
        "nl": "dhr mevr mw ir drs ing dr mr prof bv nr blz o a d w z ca incl excl resp evt t",
        "pl": "prof dr mgr inż gen płk kpt r w ul al pl os św tzw tj np m in godz tys mln mld im nr ks hab",
        "ru": "г гг ул пр им тов акад проф ген полк т е н э стр с рис см св тыс млн млрд обл р пос чл корр",
        "uk": "м р рр вул пр ім тов акад проф ген т е н с див св тис млн млрд обл ст см",
        "be": "г гг вул ім праф т д п с гл тыс млн млрд вобл",
        "cs": "např tzn tj č str sv ul tis mil mld Kč r př n l Ing Mgr MUDr",
        "sv": "t ex bl a dvs kl ca nr s f d",
        "da": "f eks bl a dvs kl ca nr s dr hr",
        "no": "f eks bl a dvs kl ca nr s dr",
        "tr": "Dr Prof Doç Av Sn vb vs No Cad Sok Mah",
        "ro": "dl dna dr prof nr str art",
        "hu": "dr ifj id prof pl stb kb u n ún Ft sz",
    }.items()
}
# A sentence that goes on with one of these after a stray stop is one sentence: "the mayor. and his deputy".
CONJUNCTIONS: Final = _words("""
    and or nor et ou und oder sowie e ed o od y u ni en of i oraz lub и или а й та або och eller og a nebo și sau ve
    veya és vagy
""")
# With a capital these begin family names as often as sentences: "mevr. De Vries".
PARTICLES: Final = _words("De Den Der Del Della Di Da Dos El Al La Le Les Van Von Ter Ten Bin Ben")
