"""Names of languages as models write them: fr, fra, fr-FR, fra_Latn and fr_XX are one language.

ISO 639-1 is the form inside drift; a language without a two-letter code keeps its three letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["ISO3", "find", "iso2", "iso3"]

# ISO 639-1 -> ISO 639-3, for the languages of M2M-100, mBART-50 and NLLB-200 that have two letters. Macrolanguages
# stand for the member that these models mean (ar: Modern Standard Arabic, fa: Western Persian).
_LISTED = """
af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bm:bam bn:ben bo:bod br:bre bs:bos
ca:cat ce:che co:cos cs:ces cv:chv cy:cym da:dan de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus
fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin hr:hrv
ht:hat hu:hun hy:hye ia:ina id:ind ig:ibo io:ido is:isl it:ita ja:jpn jv:jav ka:kat kg:kon ki:kik kk:kaz kl:kal km:khm
kn:kan ko:kor ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg
mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nob ne:nep nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya
oc:oci om:orm or:ori os:oss pa:pan pl:pol ps:pus pt:por qu:que rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme
sg:sag sh:hbs si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel
tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven
vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul
"""
_OTHERS = """
arb:ar arz:ar pes:fa prs:fa cmn:zh yue:zh azj:az azb:az uzn:uz khk:mn lvs:lv ekk:et ydd:yi zsm:ms swh:sw plt:mg
npi:ne ory:or als:sq gaz:om kmr:ku ckb:ku fuv:ff quy:qu ayr:ay pbt:ps nno:nn knc:kr fil:tl iw:he ger:de fre:fr dut:nl
gre:el chi:zh cze:cs slo:sk per:fa rum:ro arm:hy geo:ka ice:is mac:mk may:ms bur:my tib:bo wel:cy baq:eu alb:sq
in:id ji:yi jw:jv mo:ro
"""
ISO3 = dict(pair.split(":") for pair in _LISTED.split())
_ISO2 = {three: two for two, three in ISO3.items()} | dict(pair.split(":") for pair in _OTHERS.split())
_TAG = re.compile(r"[a-z]{2,3}(?=$|[-_@.])")


def iso2(code: str) -> str:
    """The ISO 639-1 code of any usual spelling ("fra_Latn", "fr-FR", "fr_XX", "fra" -> "fr"), else its own first part.

    Raises ValueError where the text is no language tag at all.
    """
    match = _TAG.match(code.strip().lower())
    if match is None:
        raise ValueError(f"{code!r} is not a language code such as fr, fra, fr-FR or fra_Latn")
    tag = match.group()
    return _ISO2.get(tag, tag)


def iso3(code: str) -> str:
    """The ISO 639-3 code of any usual spelling."""
    two = iso2(code)
    return ISO3.get(two, two)


# Where a language is written in several scripts, the one that is meant when nothing is said.
_SCRIPTS = {"zh": "Hans", "sr": "Cyrl", "ar": "Arab", "az": "Latn", "ks": "Arab", "uz": "Latn", "ku": "Latn"}
# Of several members of a macrolanguage, the one that is meant when nothing is said.
_MEMBERS = {"ar": "arb", "fa": "pes", "az": "azj", "ku": "kmr", "zh": "zho", "no": "nob"}


def find(code: str, spellings: Iterable[str]) -> str | None:
    """The spelling a model's own list has for a language, None where it lacks it.

    >>> find("fr", ["deu_Latn", "fra_Latn"])
    'fra_Latn'
    """
    listed = list(spellings)
    if code in listed:
        return code
    two = iso2(code)
    same = [s for s in listed if _TAG.match(s.lower()) and iso2(s) == two]
    if not same and two in ("nb", "no"):
        same = [s for s in listed if s[:3] in ("nob", "nb_", "no_") or s in ("nb", "no")]
    member, script = _MEMBERS.get(two, ""), _SCRIPTS.get(two, "")
    return min(same, key=lambda s: (not (member and s.startswith(member)), not (script and s.endswith(script)),
                                    s), default=None)
