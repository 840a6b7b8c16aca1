"""A translation memory in and out of files that other tools read: TSV, JSONL and TMX 1.4."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.parsers import expat

from drift._version import __version__
from drift.errors import UnreadableError, UsageError
from drift.translate.base import Translator
from drift.translate.languages import iso2
from drift.translate.memory import Key, Memory, Unit
from drift.translate.normalise import normalise

__all__ = ["FORMATS", "export_memory", "import_memory", "read_units"]

FORMATS = (".tsv", ".jsonl", ".tmx")
_KEY = ("engine", "model", "revision", "settings", "source_language", "target_language")
_FIELDS = (*_KEY, "source", "target", "logprob", "flags")
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def export_memory(memory: Memory, path: str | Path) -> int:
    """Write every unit; the ending (.tsv, .jsonl, .tmx) says in which format. Returns how many were written.

    The file appears whole or not at all. Raises UsageError DR213 for another ending.
    """
    path = Path(path)
    write = {".tsv": _tsv, ".jsonl": _jsonl, ".tmx": _tmx}[_format(path)]
    units = memory.units()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:
            stream.writelines(write(units))
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return len(units)


def import_memory(memory: Memory, path: str | Path, *, translator: Translator | None = None) -> int:
    """Read units into a memory; returns how many. A file that is broken anywhere adds nothing. See `read_units`."""
    units = read_units(path, translator=translator)
    memory.add(units)
    return len(units)


def read_units(path: str | Path, *, translator: Translator | None = None) -> list[Unit]:
    """The units of a file.

    TSV and JSONL must be drift's own. A TMX of another tool does not say which engine and model its units come from:
    they then pass for `translator`'s, as far as they are in its languages, so that it need not translate them; without
    one their engine is "import".
    Raises UnreadableError DR214 with the place, UsageError DR213 for another ending.
    """
    path = Path(path)
    read = {".tsv": _read_tsv, ".jsonl": _read_jsonl, ".tmx": _read_tmx}[_format(path)]
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError("DR214", f"{path} cannot be read ({error.strerror}).") from error
    key = Key("import", path.stem, "", "", "", "") if translator is None else Key.of(translator)
    try:
        return list(read(data, key))
    except (ValueError, KeyError, TypeError, csv.Error, ElementTree.ParseError, expat.ExpatError) as error:
        raise UnreadableError("DR214", f"{path} is not a translation memory in {path.suffix[1:].upper()} ({error}); "
                                       "nothing was imported.") from error


def _format(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UsageError("DR213", f"{path} must end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")
    return ending


def _row(unit: Unit) -> dict[str, Any]:
    return asdict(unit.key) | {"source": unit.source, "target": unit.target, "logprob": unit.logprob,
                               "flags": " ".join(unit.flags)}


def _from_row(row: dict[str, Any]) -> Unit:
    logprob = row.get("logprob")
    for name in (*_KEY, "source", "target"):
        if not isinstance(row[name], str):
            raise TypeError(f"{name} is not a text")
    return Unit(Key(*(row[name] for name in _KEY)), row["source"], row["target"],
                None if logprob in (None, "") else float(logprob), tuple(str(row.get("flags") or "").split()))


def _tsv(units: Iterable[Unit]) -> Iterator[str]:
    """Give the lines; a unit's texts are on one line already, and tabs are gone from them."""
    yield "\t".join(_FIELDS) + "\n"
    for unit in units:
        row = _row(unit) | {"logprob": "" if unit.logprob is None else repr(unit.logprob)}
        yield "\t".join(re.sub(r"[\t\r\n]+", " ", str(row[name])) for name in _FIELDS) + "\n"


def _read_tsv(data: bytes, _: Key) -> Iterator[Unit]:
    lines = data.decode("utf-8").removesuffix("\n").split("\n")
    header = lines[0].split("\t")
    if missing := [name for name in _FIELDS if name not in header]:
        raise ValueError(f"line 1 lacks {', '.join(missing)}")
    for number, line in enumerate(lines[1:], 2):
        values = line.split("\t")
        if len(values) != len(header):
            raise ValueError(f"line {number} has {len(values)} fields, not {len(header)}")
        yield _from_row(dict(zip(header, values, strict=True)))


def _jsonl(units: Iterable[Unit]) -> Iterator[str]:
    for unit in units:
        yield json.dumps(_row(unit), ensure_ascii=False) + "\n"


def _read_jsonl(data: bytes, _: Key) -> Iterator[Unit]:
    for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError(f"line {number} is not an object")
        yield _from_row(row)


def _tmx(units: Iterable[Unit]) -> Iterator[str]:
    units = list(units)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    header = ElementTree.Element("header", {
        "creationtool": "drift", "creationtoolversion": __version__, "segtype": "sentence", "o-tmf": "drift",
        "adminlang": "en", "srclang": "*all*", "datatype": "plaintext"})
    yield ElementTree.tostring(header, encoding="unicode") + "\n<body>\n"
    for unit in units:
        element = ElementTree.Element("tu", {"srclang": unit.key.source_language})
        row = _row(unit)
        for name in ("engine", "model", "revision", "settings", "logprob", "flags"):
            if row[name] not in (None, ""):
                ElementTree.SubElement(element, "prop", {"type": f"x-drift-{name}"}).text = _xml(str(row[name]))
        for language, text in ((unit.key.source_language, unit.source), (unit.key.target_language, unit.target)):
            variant = ElementTree.SubElement(element, "tuv", {_XML_LANG: language})
            ElementTree.SubElement(variant, "seg").text = _xml(text)
        yield ElementTree.tostring(element, encoding="unicode") + "\n"
    yield "</body>\n</tmx>\n"


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _read_tmx(data: bytes, default: Key) -> Iterator[Unit]:
    root = _parse(data)
    if root.tag != "tmx":
        raise ValueError(f"its root is <{root.tag}>, not <tmx>")
    header = root.find("header")
    usual = "*all*" if header is None else header.get("srclang", "*all*")
    foreign = {default.source_language, default.target_language} - {""}  # what a unit of another tool must be in
    for number, element in enumerate(root.iter("tu"), 1):
        properties = {p.get("type", "").removeprefix("x-drift-"): p.text or "" for p in element.findall("prop")}
        variants = [(iso2(v.get(_XML_LANG) or v.get("lang") or ""), "".join(seg.itertext()))
                    for v in element.findall("tuv") if (seg := v.find("seg")) is not None]
        if len(variants) < 2:
            raise ValueError(f"unit {number} has not two languages")
        stated = element.get("srclang", usual)
        first = next((v for v in variants if stated != "*all*" and v[0] == iso2(stated)), variants[0])
        logprob = properties.get("logprob")
        for language, text in variants:
            if (language, text) == first or ("engine" not in properties and foreign - {first[0], language}):
                continue
            key = Key(properties.get("engine", default.engine), properties.get("model", default.model),
                      properties.get("revision", default.revision), properties.get("settings", default.settings),
                      first[0], language)
            yield Unit(key, normalise(first[1]), text,
                       float(logprob) if logprob else None, tuple(properties.get("flags", "").split()))


def _parse(data: bytes) -> ElementTree.Element:
    """Parse XML that declares no entities: one can stand for gigabytes or for a file of this machine."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")

    def refuse(*_: object) -> Any:
        raise ValueError("it declares entities, which drift does not read")

    def name(tag: str) -> str:
        return "{" + tag if "}" in tag else tag

    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: builder.start(
        name(tag), {name(k): v for k, v in attributes.items()})
    parser.EndElementHandler = lambda tag: builder.end(name(tag))
    parser.CharacterDataHandler = builder.data
    parser.Parse(data, True)
    return builder.close()
