"""The layers that the tagger and the word-risk network are made of: a small transformer in numpy.

Pre-norm layers (Xiong et al., ICML 2020) with a learned bias for every pair of words in place of positions (Shaw et al., NAACL 2018).
One sentence or one pair of them at a time, so that the last bits do not depend on what else is judged.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["Layers", "norm", "offsets", "softmax"]

Array = NDArray[np.float32]


class Layers:
    """`count` layers over the words of one input. `weights`: matrices inputs first, under the names that PyTorch gave them
    (``qkv.0.weight``, …).
    """

    def __init__(self, weights: Mapping[str, Array], count: int, heads: int) -> None:
        self._heads = heads
        self._final = weights["nf.weight"], weights["nf.bias"]
        self._each = []
        for k in range(count):
            qkv, qkv_bias = _after_norm(weights, f"n1.{k}", f"qkv.{k}")
            width = qkv.shape[0]
            scale = np.float32((width // heads) ** -0.5)
            qkv[:, :width] *= scale
            qkv_bias[:width] *= scale
            rest = (weights[f"{name}.{k}.{what}"] for name in ("o", "f2") for what in ("weight", "bias"))
            self._each.append((qkv, qkv_bias, *_after_norm(weights, f"n2.{k}", f"f1.{k}"), *rest))

    def __call__(self, x: Array, bias: Array) -> Array:
        """`x` (words, width) to the same shape, normed; `bias` (layers, heads, words, words) is added to the attention's logits."""
        words = len(x)
        for (qkv, qkv_bias, f1, f1_bias, o, o_bias, f2, f2_bias), apart in zip(self._each, bias, strict=True):
            q, key, value = (_standard(x) @ qkv + qkv_bias).reshape(words, 3, self._heads, -1).transpose(1, 2, 0, 3)
            share = softmax(q @ key.transpose(0, 2, 1) + apart)
            x = x + ((share @ value).transpose(1, 0, 2).reshape(words, -1) @ o + o_bias)
            x += _gelu(_standard(x) @ f1 + f1_bias) @ f2 + f2_bias
        return norm(x, *self._final)


def _after_norm(weights: Mapping[str, Array], before: str, then: str) -> tuple[Array, Array]:
    """The matrix `then` with the scale and the shift of the norm before it: two products less."""
    matrix = weights[f"{then}.weight"]
    scaled = np.ascontiguousarray(weights[f"{before}.weight"][:, None] * matrix)
    return scaled, weights[f"{then}.bias"] + weights[f"{before}.bias"] @ matrix


def offsets(words: int, near: int) -> NDArray[np.int64]:
    """(words, words): how far the second stands behind the first, 0 to 2 * `near`; farther than `near` is all one."""
    place = np.arange(words)
    far: NDArray[np.int64] = np.clip(place[None] - place[:, None], -near, near) + near
    return far


def norm(x: Array, weight: Array, bias: Array) -> Array:
    normed = _standard(x)
    normed *= weight
    normed += bias
    return normed


def _standard(x: Array) -> Array:
    """Every row with mean 0 and variance 1."""
    width = np.float32(x.shape[1])  # sums and not means: numpy's `mean` costs as much again in checks
    out: Array = (x - np.add.reduce(x, axis=1, keepdims=True) / width).astype(np.float32, copy=False)
    spread = np.einsum("ij,ij->i", out, out)[:, None] / width
    out /= np.sqrt(spread + np.float32(1e-5))
    return out


def softmax(x: Array) -> Array:
    if not x.size:
        return x
    share: Array = x - x.max(-1, keepdims=True)
    np.exp(share, out=share)
    share /= share.sum(-1, keepdims=True)
    return share


def _gelu(x: Array) -> Array:
    """Hendrycks and Gimpel's own approximation with tanh, at most 0.0005 off."""
    curve: Array = x * x
    curve *= np.float32(0.044715 * 0.7978845608)
    curve += np.float32(0.7978845608)
    curve *= x
    np.tanh(curve, out=curve)
    curve += np.float32(1)
    curve *= x
    curve *= np.float32(0.5)
    return curve
