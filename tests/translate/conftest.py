"""Tiny checkpoints with random weights, one of each family, in the very files that the hub's have."""

import json
from pathlib import Path

import pytest

from drift.translate.weights import Checkpoint, open_folder

SENTENCES = [
    "Le chat dort sur la chaise près de la fenêtre.", "The cat sleeps on the chair near the window.",
    "Il n'est pas venu hier, « dit-elle » avec un sourire.", "He did not come yesterday, she said with a smile.",
    "Deux cents personnes ont quitté la ville en 2022.", "Two hundred people left the city in 2022.",
    "Der Hund läuft schnell durch den grünen Wald.", "El perro corre rápido por el bosque verde.",
]
SMALL = {"d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2,
         "decoder_attention_heads": 2, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "max_position_embeddings": 64}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """No test reads or writes the user's cache, nor asks the hub."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)  # read from the environment only once
    return tmp_path / "cache"


def train(folder: Path, name: str, *, pieces: int = 150, kind: str = "unigram", **options) -> Path:
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES * 20), model_prefix=str(folder / "trained"), vocab_size=pieces,
        model_type=kind, hard_vocab_limit=False, minloglevel=2, **options)
    (folder / "trained.vocab").unlink()
    return (folder / "trained.model").rename(folder / name)


def pieces_of(path: Path) -> list[str]:
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def save(net, folder: Path) -> None:
    net.save_pretrained(folder, safe_serialization=True)


def make_marian(folder: Path, *, languages: tuple[str, ...] = (), moved_padding: bool = False) -> Path:
    import torch
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir(parents=True)
    train(folder, "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    pieces = [p for p in pieces_of(folder / "source.spm") if p not in ("<s>", "</s>", "<unk>")]
    vocabulary = ["</s>", "<unk>", *pieces, *(f">>{code}<<" for code in languages), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({p: i for i, p in enumerate(vocabulary)}))
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"source_lang": "fr", "target_lang": "en", "model_max_length": 64, "tokenizer_class": "MarianTokenizer"}))
    pad = len(vocabulary) - 1
    torch.manual_seed(1)
    net = MarianMTModel(MarianConfig(vocab_size=len(vocabulary), pad_token_id=pad, decoder_start_token_id=pad,
                                     eos_token_id=0, forced_eos_token_id=0, scale_embedding=True, init_std=0.5,
                                     **SMALL))
    net.generation_config.bad_words_ids = [[pad]]
    with torch.no_grad():
        net.model.shared.weight[pad] = 1.0 if moved_padding else 0.0
    save(net, folder)
    return folder


def make_m2m100(folder: Path) -> Path:
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    folder.mkdir(parents=True)
    spm = train(folder, "sentencepiece.bpe.model")
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *(p for p in pieces_of(spm) if not p.startswith("<"))]
    (folder / "vocab.json").write_text(json.dumps({p: i for i, p in enumerate(vocabulary)}))
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "M2M100Tokenizer"}))
    torch.manual_seed(2)
    save(M2M100ForConditionalGeneration(M2M100Config(
        vocab_size=len(vocabulary) + 108, init_std=0.5, decoder_start_token_id=2, **SMALL)), folder)
    return folder


def make_nllb(folder: Path) -> Path:
    """NLLB's hub checkpoints carry a tokenizer.json, made from a BPE model."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder.mkdir(parents=True)
    letters = sorted({c for s in SENTENCES for c in s.replace(" ", "▁")} | {"▁"})
    merges = [("c", "h"), ("ch", "a"), ("▁", "l"), ("▁l", "e")]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *letters, *("".join(m) for m in merges)]
    tokenizer = NllbTokenizer(vocab={p: i for i, p in enumerate(pieces)}, merges=merges)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(3)
    save(M2M100ForConditionalGeneration(M2M100Config(
        vocab_size=len(tokenizer), init_std=0.5, decoder_start_token_id=2, **SMALL)), folder)
    return folder


def make_mbart50(folder: Path) -> Path:
    import torch
    from transformers import MBart50Tokenizer, MBartConfig, MBartForConditionalGeneration

    folder.mkdir(parents=True)
    pieces = [(p, -float(i)) for i, p in enumerate(pieces_of(train(folder, "trained.spm"))) if p[0] != "<"]
    (folder / "trained.spm").unlink()
    tokenizer = MBart50Tokenizer(vocab=[("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *pieces])
    tokenizer.save_pretrained(folder)
    torch.manual_seed(4)
    save(MBartForConditionalGeneration(MBartConfig(
        vocab_size=len(tokenizer), init_std=0.5, decoder_start_token_id=2, **SMALL)), folder)
    return folder


def make_madlad(folder: Path) -> Path:
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    folder.mkdir(parents=True)
    spm = train(folder, "spiece.model", user_defined_symbols="<2en>,<2fr>,<2de>")
    torch.manual_seed(5)
    save(T5ForConditionalGeneration(T5Config(
        vocab_size=len(pieces_of(spm)), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_decoder_layers=1, num_heads=2,
        pad_token_id=1, eos_token_id=2, decoder_start_token_id=0, initializer_factor=2.0)), folder)
    return folder


MAKERS = {"marian": make_marian, "m2m100": make_m2m100, "nllb": make_nllb, "mbart50": make_mbart50,
          "madlad": make_madlad}


@pytest.fixture
def marian_at():
    """Make a tiny Marian checkpoint in a given folder: marian_at(folder, languages=…, moved_padding=…) -> folder."""
    return make_marian


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory):
    """Make (once) and open a tiny checkpoint: checkpoints("nllb") -> Checkpoint."""
    made: dict[str, Path] = {}

    def open_one(family: str) -> Checkpoint:
        if family not in made:
            made[family] = MAKERS[family](tmp_path_factory.mktemp(family) / f"tiny-{family}")
        return open_folder(made[family])

    return open_one
