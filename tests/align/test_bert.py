"""The word encoder says what the same checkpoint says in transformers, and refuses what is no BERT."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from drift.align.bert import Bert, _packed, _tensors, _variables
from drift.align.words import _SHIPPED, MiniLM
from drift.errors import ModelError

SENTENCES = ["the kazakhs were with the shah in iran .".split(), "no .".split(), "he paid 2.1 billion , they say".split()]


def test_it_agrees_with_transformers():
    torch = pytest.importorskip("torch")
    from transformers import BertModel

    encoder = MiniLM()
    full = BertModel.from_pretrained(_SHIPPED, add_pooling_layer=False, use_safetensors=True, dtype=torch.float32, local_files_only=True)
    for words in SENTENCES:
        ids = encoder._tokenizer.encode(words, is_pretokenized=True).ids
        with torch.inference_mode():
            expected = full.eval()(input_ids=torch.tensor([ids])).last_hidden_state.numpy()
        assert np.allclose(encoder._model([ids]), expected, atol=1e-4)


def test_neighbours_do_not_matter():
    encoder = MiniLM()
    together = encoder.encode(SENTENCES * 9)
    for k, words in enumerate(SENTENCES):
        alone = encoder.encode([words])[0]
        assert np.array_equal(alone, together[k])
        assert np.array_equal(alone, together[k + 24])


def test_another_architecture_is_refused(tmp_path):
    shutil.copytree(_SHIPPED, tmp_path / "m")
    config = json.loads((tmp_path / "m" / "config.json").read_text(encoding="utf-8"))
    (tmp_path / "m" / "config.json").write_text(json.dumps(config | {"model_type": "roberta"}), encoding="utf-8")
    with pytest.raises(ModelError, match="no BERT"):
        Bert(tmp_path / "m", [])


def test_missing_weights_are_named(tmp_path):
    from safetensors.numpy import load_file, save_file

    shutil.copytree(_SHIPPED, tmp_path / "m")
    tensors = load_file(tmp_path / "m" / "model.safetensors")
    del tensors["encoder.layer.2.output.dense.bias"]
    save_file(tensors, tmp_path / "m" / "model.safetensors")
    with pytest.raises(ModelError, match=r"encoder\.layer\.2\.output\.dense\.bias"):
        Bert(tmp_path / "m", [])


def test_the_file_is_what_the_converter_writes(tmp_path):
    torch = pytest.importorskip("torch")
    from ctranslate2.converters import TransformersConverter
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    shape = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 32, "max_position_embeddings": 20}
    model = BertModel(BertConfig(vocab_size=30522, position_embedding_type="absolute", **shape))
    for parameter in model.parameters():  # the converter writes equal tensors, such as fresh biases, once
        torch.nn.init.normal_(parameter)
    model.save_pretrained(tmp_path / "m")
    PreTrainedTokenizerFast(tokenizer_file=str(_SHIPPED / "tokenizer.json"), unk_token="[UNK]").save_pretrained(tmp_path / "m")
    TransformersConverter(str(tmp_path / "m")).convert(str(tmp_path / "theirs"))
    config = json.loads((tmp_path / "m" / "config.json").read_text(encoding="utf-8"))
    ours = _packed(_variables(config, _tensors(tmp_path / "m" / "model.safetensors")))
    theirs = (tmp_path / "theirs" / "model.bin").read_bytes()
    end = theirs.index(b"pooler_activation")  # the last variables are the pooler's, which nobody asks
    head = 4 + 2 + len("TransformerEncoderSpec") + 1 + 4
    assert ours[:head] == theirs[:head]
    assert ours[head + 4 : -4] == theirs[head + 4 : end - 2]
