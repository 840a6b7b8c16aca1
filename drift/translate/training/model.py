"""A Marian model for training: built or loaded, and its loss computed without ever holding all the logits."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from drift.translate.training.data import Batch

__all__ = ["ChunkedCrossEntropy", "build_model", "load_model", "loss_of_batch", "zero_padding"]


def build_model(*, vocabulary_size: int, width: int = 384, encoder_layers: int = 6, decoder_layers: int = 2,
                heads: int = 8, feed_forward: int = 1536, dropout: float = 0.0, seed: int = 1) -> Any:
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
        activation_function="relu", dropout=dropout, attention_dropout=0.0, activation_dropout=0.0,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True, tie_word_embeddings=True, pad_token_id=pad, eos_token_id=0,
        bos_token_id=None, decoder_start_token_id=pad, forced_eos_token_id=0,
    )
    model: Any = MarianMTModel(config)
    zero_padding(model)
    return model


def load_model(folder: Path, *, dropout: float = 0.0) -> Any:
    """The MarianMTModel of a local folder (safetensors only), in float32, with another dropout for training."""
    from transformers import MarianConfig, MarianMTModel

    config = cast(Any, MarianConfig).from_pretrained(str(folder), local_files_only=True)
    config.dropout = dropout
    return cast(Any, MarianMTModel).from_pretrained(
        str(folder), config=config, local_files_only=True, use_safetensors=True, dtype=torch.float32)


def zero_padding(model: Any) -> None:
    """Set the padding row of the embedding to zero.

    Marian starts decoding from a zero vector and CTranslate2's converter counts on that. A model whose row was trained
    looks healthy in ``transformers`` and drops the first word of every sentence in CTranslate2.
    """
    with torch.no_grad():
        model.model.shared.weight[model.config.pad_token_id].zero_()


class ChunkedCrossEntropy(torch.autograd.Function):  # type: ignore[misc]
    """Summed cross-entropy of ``hidden @ weight.T``; its gradients, with label smoothing, are made in the forward pass.

    Logits exist for ``chunk`` rows at a time and in the precision of ``hidden``. Rows whose label is ``ignore`` count
    nothing. The value is the plain sum in nats, whatever the smoothing; the gradient is that of the smoothed loss,
    ``(1 - s) * nll + s * mean over the vocabulary of -log p`` (Szegedy et al. 2016), which has no other use.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, weight: Tensor, labels: Tensor, ignore: int, smoothing: float,
                chunk: int) -> Tensor:
        keep = (labels != ignore).nonzero().squeeze(1)
        count = len(keep)
        if hidden.is_cpu:  # oneDNN prepares a primitive per shape: fill the last chunk up, for nothing
            keep = torch.cat([keep, keep.new_zeros(-count % chunk)])
        loss = torch.zeros((), device=hidden.device)
        grad_hidden = torch.zeros_like(hidden)
        grad_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        for start in range(0, len(keep), chunk):
            rows = keep[start : start + chunk]
            inputs, gold = hidden[rows], labels[rows]
            grad = torch.softmax(inputs @ weight.T, dim=1)
            real = min(len(rows), count - start)
            place = torch.arange(len(rows), device=grad.device)
            loss -= grad[place, gold][:real].float().clamp_min(1e-30).log().sum()
            grad[place, gold] += smoothing - 1
            grad[real:] = 0
            grad_hidden[rows[:real]] = (grad @ weight)[:real]
            grad_weight += grad.T @ inputs
        if smoothing:  # the uniform part is the same for every row and every piece: no pass over the logits
            kept = keep[:count]
            grad_hidden[kept] -= smoothing / weight.shape[0] * weight.sum(dim=0)
            grad_weight -= smoothing / weight.shape[0] * hidden[kept].float().sum(dim=0)
        ctx.save_for_backward(grad_hidden, grad_weight.to(weight.dtype))
        return loss

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> tuple[Tensor | None, ...]:
        grad_hidden, grad_weight = ctx.saved_tensors
        scale = outputs[0].to(grad_hidden.dtype)
        return scale * grad_hidden, scale * grad_weight, None, None, None, None


def loss_of_batch(model: Any, batch: Batch, *, smoothing: float = 0.0, chunk: int = 512,
                  device: str = "cpu") -> Tensor:
    """Summed loss of a batch in nats, differentiable; divide by ``batch.tokens``. See `ChunkedCrossEntropy`."""
    source, decoder_input, labels = (
        torch.from_numpy(array).to(device) for array in (batch.source, batch.decoder_input, batch.labels))
    output = model.model(
        input_ids=source, attention_mask=(source != model.config.pad_token_id).long(),
        decoder_input_ids=decoder_input, use_cache=False)
    hidden = output.last_hidden_state
    return cast(Tensor, ChunkedCrossEntropy.apply(
        hidden.reshape(-1, hidden.shape[-1]), model.model.shared.weight, labels.reshape(-1),
        model.config.pad_token_id, smoothing, chunk))
