"""`nox -s meaning` holds articles against their baseline; `nox -s compare -- old.txt new.txt` compares two systems."""

import nox


@nox.session
def meaning(session: nox.Session) -> None:
    session.install("translation-drift")
    session.run("drift", "check", "articles/", "--replay", "articles.cassette.jsonl", *session.posargs)


@nox.session
def compare(session: nox.Session) -> None:
    session.install("translation-drift")
    session.run("drift", "compare", "-r", "test/ref.txt", "-s", "test/src.txt", "--fail-if-worse", *session.posargs)
