"""Checkpoints from the Hugging Face hub: found in its cache, else downloaded, safetensors only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drift.errors import ModelError
from drift.translate.weights import Checkpoint, open_folder

__all__ = ["cached_card", "fetch", "is_hub_id"]

_FILES = ("*.json", "*.safetensors", "*.spm", "*.model", "*.txt", "README.md")
_HUB_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")
# The hub's own conversion service; transformers takes its pull requests too where a model has only pickled weights.
_CONVERTER = "SFconvertbot"


def is_hub_id(model: str) -> bool:
    """Whether a text has the form owner/name."""
    return bool(_HUB_ID.fullmatch(model)) and ".." not in model


def cached_card(model: str) -> Path | None:
    """The path of a model's card in the hub's cache on this machine, None where the model is not there.

    The card itself may be missing. Touches no network.
    """
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(model, "config.json")
    if not isinstance(found, str) or not list(Path(found).parent.glob("*.safetensors")):
        return None
    return Path(found).with_name("README.md")


def fetch(model: str, *, revision: str | None = None, megabytes: int | None = None,
          note: Callable[[str], None] | None = None) -> Checkpoint:
    """The checkpoint of a hub id; `note` is told the model and its size before anything is downloaded.

    Raises ModelError DR202 (not on this machine and no network), DR203 (no safetensors), DR210 (no such model).
    """
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(model, revision=revision, allow_patterns=list(_FILES), local_files_only=True))
        if list(folder.glob("*.safetensors")):
            return open_folder(folder, name=model, revision=folder.name)
    except LocalEntryNotFoundError:
        pass
    if constants.HF_HUB_OFFLINE:
        raise _offline(model, "HF_HUB_OFFLINE is set")
    return _download(model, revision, megabytes, note or (lambda text: None))


def _download(model: str, revision: str | None, megabytes: int | None, note: Callable[[str], None]) -> Checkpoint:
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import RepositoryNotFoundError, RevisionNotFoundError

    api = HfApi()
    try:
        info, revision = _with_safetensors(api, model, revision)
        size = sum(f.size or 0 for f in info.siblings or () if f.rfilename.endswith(".safetensors")) / 1e6
        size = size or megabytes or 0
        note(f"Downloading {model} at {str(info.sha)[:8]} ({size:.0f} MB).")
        folder = Path(snapshot_download(model, revision=info.sha, allow_patterns=list(_FILES)))
    except (RepositoryNotFoundError, RevisionNotFoundError) as error:
        at = f" at revision {revision}" if revision else ""
        raise ModelError("DR210", f"there is no public model {model}{at} on the hub; pass --model another.") from error
    except ModelError:
        raise
    except Exception as error:  # the transport library, and so its exceptions, differ between versions of the hub's
        raise _offline(model, f"the hub cannot be reached: {type(error).__name__}") from error
    return open_folder(folder, name=model, revision=str(info.sha))


def _with_safetensors(api: Any, model: str, revision: str | None) -> tuple[Any, str | None]:
    """The hub's description of a revision with safetensors: the one asked for, else the converter's pull request."""
    info = api.model_info(model, revision=revision, files_metadata=True)
    if any(f.rfilename.endswith(".safetensors") for f in info.siblings or ()):
        return info, revision
    if revision is None:
        for request in api.get_repo_discussions(model, author=_CONVERTER, discussion_type="pull_request"):
            proposed = api.model_info(model, revision=f"refs/pr/{request.num}", files_metadata=True)
            if any(f.rfilename.endswith(".safetensors") for f in proposed.siblings or ()):
                return proposed, f"refs/pr/{request.num}"
    raise ModelError("DR203", f"{model} has no *.safetensors and drift loads no other weight format; pass --revision "
                              "of a commit that has them, or --model another.")


def _offline(model: str, why: str) -> ModelError:
    return ModelError("DR202", f"the model {model} is not on this machine and cannot be downloaded ({why}); download "
                               "it elsewhere and pass --model FOLDER, or go online.")
