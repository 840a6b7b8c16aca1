"""A Marian model for training: built or loaded, and its loss computed without ever holding all the logits."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from drift.translate.training.data import Batch

__all__ = ["ChunkedCrossEntropy", "build_model", "load_model", "loss_of_batch", "zero_padding"]


def build_model(*, vocabulary_size: int, width: int = 384, encoder_layers: int = 6, decoder_layers: int = 2,
                heads: int = 8, feed_forward: int = 1536, seed: int = 1) -> Any:
    """A new MarianMTModel with a joint, tied embedding; ids as in :mod:`drift.translate.training.vocab`.

    Embeddings start with deviation 0.02: from ``1 / sqrt(width)`` the tied output layer copies its input at first.
    """
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(seed)
    pad = vocabulary_size - 1
    config = MarianConfig(
        vocab_size=vocabulary_size, decoder_vocab_size=vocabulary_size, d_model=width, encoder_layers=encoder_layers,
        decoder_layers=decoder_layers, encoder_attention_heads=heads, decoder_attention_heads=heads,
        encoder_ffn_dim=feed_forward, decoder_ffn_dim=feed_forward, max_position_embeddings=256, init_std=0.02,
        activation_function="relu", dropout=0.0, attention_dropout=0.0, activation_dropout=0.0, scale_embedding=True,
        share_encoder_decoder_embeddings=True, tie_word_embeddings=True, pad_token_id=pad, eos_token_id=0,
        bos_token_id=None, decoder_start_token_id=pad, forced_eos_token_id=0,
    )
    model: Any = MarianMTModel(config)
    zero_padding(model)
    return model


def load_model(folder: Path) -> Any:
    """The MarianMTModel of a local folder (safetensors only), in float32."""
    from transformers import MarianMTModel

    return cast(Any, MarianMTModel).from_pretrained(
        str(folder), local_files_only=True, use_safetensors=True, dtype=torch.float32)


def zero_padding(model: Any) -> None:
    """Set the padding row of the embedding to zero.

    Marian starts decoding from a zero vector and CTranslate2's converter counts on that. A model whose row was trained
    looks healthy in ``transformers`` and drops the first word of every sentence in CTranslate2.
    """
    with torch.no_grad():
        model.model.shared.weight[model.config.pad_token_id].zero_()


class ChunkedCrossEntropy(torch.autograd.Function):  # type: ignore[misc]
    """Summed cross-entropy of ``hidden @ weight.T`` with label smoothing; gradients are made in the forward pass.

    Logits exist for ``chunk`` rows at a time. Rows whose label is ``ignore`` count nothing. Smoothing ``s`` mixes the
    label with a uniform distribution: ``(1 - s) * nll + s * mean over the vocabulary of -log p`` (Szegedy et al. 2016).
    Returns the smoothed sum, which is differentiable, and the plain sum in nats, for the log.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, weight: Tensor, labels: Tensor, ignore: int, smoothing: float,
                chunk: int) -> tuple[Tensor, Tensor]:
        keep = (labels != ignore).nonzero().squeeze(1)
        if hidden.is_cpu:  # oneDNN prepares a primitive per shape: fill the last chunk up with an ignored row
            missing = -len(keep) % chunk
            keep = torch.cat([keep, keep.new_zeros(missing)])
            real = torch.ones(len(keep))
            real[len(keep) - missing :] = 0.0
        else:
            real = torch.ones(len(keep), device=hidden.device)
        size = weight.shape[0]
        smoothed = torch.zeros((), device=hidden.device)
        plain = torch.zeros((), device=hidden.device)
        grad_rows = hidden.new_zeros(len(keep), hidden.shape[1])
        grad_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        for start in range(0, len(keep), chunk):
            rows = keep[start : start + chunk]
            counted = real[start : start + chunk]
            inputs, gold = hidden[rows], labels[rows]
            logits = (inputs @ weight.T).float()
            total = torch.logsumexp(logits, dim=1)
            nll = (total - logits.gather(1, gold[:, None]).squeeze(1)) * counted
            plain += nll.sum()
            if smoothing:
                uniform = (total - logits.mean(dim=1)) * counted
                smoothed += (1 - smoothing) * nll.sum() + smoothing * uniform.sum()
            grad = logits.sub_(total[:, None]).exp_()
            if smoothing:
                grad -= smoothing / size
            grad[torch.arange(len(rows), device=grad.device), gold] -= 1 - smoothing
            grad = (grad * counted[:, None]).to(hidden.dtype)
            grad_rows[start : start + chunk] = grad @ weight
            grad_weight += (grad.T @ inputs).float()
        grad_hidden = torch.zeros_like(hidden)
        counted_rows = int(real.sum())
        grad_hidden[keep[:counted_rows]] = grad_rows[:counted_rows]
        ctx.save_for_backward(grad_hidden, grad_weight.to(weight.dtype))
        return (smoothed if smoothing else plain.clone()), plain

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> tuple[Tensor | None, ...]:
        grad_hidden, grad_weight = ctx.saved_tensors
        return outputs[0].to(grad_hidden.dtype) * grad_hidden, outputs[0].to(grad_weight.dtype) * grad_weight, None, \
            None, None, None


def loss_of_batch(model: Any, batch: Batch, *, smoothing: float = 0.0, chunk: int = 1024,
                  device: str = "cpu") -> tuple[Tensor, Tensor]:
    """Summed smoothed loss (differentiable) and summed plain loss of a batch, in nats; divide by ``batch.tokens``."""
    source, decoder_input, labels = (
        torch.from_numpy(array).to(device) for array in (batch.source, batch.decoder_input, batch.labels))
    output = model.model(
        input_ids=source, attention_mask=(source != model.config.pad_token_id).long(),
        decoder_input_ids=decoder_input, use_cache=False)
    hidden = output.last_hidden_state
    smoothed, plain = ChunkedCrossEntropy.apply(
        hidden.reshape(-1, hidden.shape[-1]), model.model.shared.weight, labels.reshape(-1),
        model.config.pad_token_id, smoothing, chunk)
    return smoothed, plain
