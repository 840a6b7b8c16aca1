"""What docs/ci.md tells people to run: every command parses, every file is what its tool reads."""

from __future__ import annotations

import ast
import configparser
import re
import shlex
from pathlib import Path

import pytest
import yaml

from drift.cli.app import build_parser

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"


def commands() -> list[str]:
    """Every call of drift in the guide, the workflow, the hooks, tox.ini and the noxfile."""
    guide = re.findall(r"^    (drift (?:check|compare).*)$", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.MULTILINE)
    steps = yaml.safe_load((EXAMPLES / "github-actions.yml").read_text("utf-8"))["jobs"]["drift"]["steps"]
    workflow = [" ".join(s["run"].split()) for s in steps if s.get("run", "").startswith("drift ")]
    hooks = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    tox = configparser.ConfigParser()
    tox.read(EXAMPLES / "tox.ini", "utf-8")
    return [
        *guide, *workflow, *(h["entry"] for h in hooks), *(h["entry"] + " articles/" for h in manifest),
        *(tox[s]["commands"].replace(" {posargs}", "") for s in tox.sections() if "commands" in tox[s]),
        *nox_commands(),
    ]


def nox_commands() -> list[str]:
    calls = [c for c in ast.walk(ast.parse((EXAMPLES / "noxfile.py").read_text("utf-8"))) if isinstance(c, ast.Call)]
    runs = [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "run"]
    lines = [shlex.join(a.value for a in c.args if isinstance(a, ast.Constant)) for c in runs]
    return [line + (" old.txt new.txt" if " compare " in line else "") for line in lines]


def test_there_are_commands_of_every_kind():
    assert len(commands()) >= 14


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_every_command_parses(command):
    args = build_parser().parse_args(shlex.split(re.sub(r"\s+# .*", "", command))[1:])
    assert args.run is not None


def test_every_file_that_the_guide_links_is_there():
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "docs" / "ci.md").read_text("utf-8"))
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_every_error_code_is_raised_in_one_module_only():
    """Codes are what users search for: one code, one problem."""
    places: dict[str, set[str]] = {}
    for path in (ROOT / "drift" / "gate").glob("*.py"):
        for code in re.findall(r'"(DR6\d\d)"', path.read_text("utf-8")):
            places.setdefault(code, set()).add(path.name)
    assert places
    assert {code: names for code, names in places.items() if len(names) > 1} == {}
