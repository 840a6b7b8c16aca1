from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from drift.translate.training.data import Batch, Shape, pad_batch  # noqa: E402
from drift.translate.training.model import ChunkedCrossEntropy, build_model, loss_of_batch, zero_padding  # noqa: E402
from drift.translate.training.optim import MuonAdam, orthogonalise  # noqa: E402

TINY = {"width": 32, "encoder_layers": 1, "decoder_layers": 1, "heads": 2, "feed_forward": 64}


def batch(size: int = 50) -> Batch:
    ids = np.random.default_rng(3)
    pairs = [(ids.integers(2, size - 1, n).astype(np.uint16), ids.integers(2, size - 1, m).astype(np.uint16))
             for n, m in ((3, 5), (1, 1), (6, 2))]
    return pad_batch(pairs, Shape(3, 8, 7), eos=0, pad=size - 1)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("chunk", [1, 3, 7, 1000])
def test_chunked_loss_and_gradients_equal_the_plain_ones(smoothing: float, chunk: int) -> None:
    torch.manual_seed(0)
    hidden = torch.randn(20, 8, requires_grad=True)
    weight = torch.randn(30, 8, requires_grad=True)
    labels = torch.randint(0, 29, (20,))
    labels[::4] = 29  # ignored
    loss = ChunkedCrossEntropy.apply(hidden, weight, labels, 29, smoothing, chunk)
    (loss * 0.5).backward()
    grads = hidden.grad.clone(), weight.grad.clone()
    hidden.grad = weight.grad = None
    cross_entropy = torch.nn.functional.cross_entropy
    expected = cross_entropy(hidden @ weight.T, labels, ignore_index=29, reduction="sum", label_smoothing=smoothing)
    (expected * 0.5).backward()
    torch.testing.assert_close(loss, cross_entropy(hidden @ weight.T, labels, ignore_index=29, reduction="sum"))
    torch.testing.assert_close(grads, (hidden.grad, weight.grad))


def test_loss_is_that_of_the_transformers_model() -> None:
    model: Any = build_model(vocabulary_size=50, **TINY)
    data = batch()
    labels = torch.from_numpy(data.labels).clone()
    labels[labels == 49] = -100
    source = torch.from_numpy(data.source)
    with torch.no_grad():
        expected = model(input_ids=source, attention_mask=(source != 49).long(),
                         decoder_input_ids=torch.from_numpy(data.decoder_input), labels=labels).loss
        plain = loss_of_batch(model, data)
    assert plain.item() / data.tokens == pytest.approx(expected.item(), rel=1e-5)


def test_a_new_model_knows_nothing_and_pads_with_zero() -> None:
    model: Any = build_model(vocabulary_size=50, **TINY)
    data = batch()
    assert loss_of_batch(model, data).item() / data.tokens == pytest.approx(np.log(50), abs=0.3)
    assert model.model.shared.weight[49].abs().max().item() == 0
    with torch.no_grad():
        model.model.shared.weight[49] = 1.0
    zero_padding(model)
    assert model.model.shared.weight[49].abs().max().item() == 0


@pytest.mark.parametrize("shape", [(3, 8, 8), (2, 16, 6), (2, 6, 16)])
def test_orthogonalised_matrices_have_singular_values_near_one(shape: tuple[int, int, int]) -> None:
    torch.manual_seed(0)
    result = orthogonalise(torch.randn(shape), steps=5, dtype=torch.float32)
    assert result.shape == shape
    values = torch.linalg.svdvals(result)
    assert 0.3 < values.min().item() <= values.max().item() < 1.3


def test_orthogonalising_keeps_the_singular_vectors() -> None:
    torch.manual_seed(0)
    u, _, v = torch.linalg.svd(torch.randn(6, 6))
    matrix = u @ torch.diag(torch.linspace(1, 2, 6)) @ v
    rotated = u.T @ orthogonalise(matrix[None], steps=5, dtype=torch.float32)[0] @ v.T
    assert (rotated - torch.diag(torch.diag(rotated))).abs().max().item() < 1e-3


def test_muon_takes_hidden_matrices_and_adam_the_rest() -> None:
    model: Any = build_model(vocabulary_size=50, **TINY)
    optimiser = MuonAdam(model.named_parameters())
    muon = {name for group in optimiser.groups.values() for name in group}
    assert muon
    assert all(name.endswith("weight") and "layer_norm" not in name and "shared" not in name for name in muon)
    assert f"square.{next(iter(muon))}" not in optimiser.state
    assert "square.model.shared.weight" in optimiser.state


def test_adam_step_is_torchs() -> None:
    torch.manual_seed(0)
    ours, theirs = torch.nn.Parameter(torch.ones(5)), torch.nn.Parameter(torch.ones(5))
    optimiser = MuonAdam([("bias", ours)], adam_rate=0.01)
    reference = torch.optim.Adam([theirs], lr=0.01, betas=(0.9, 0.98), eps=1e-12)
    for _ in range(4):
        gradient = torch.randn(5)
        ours.grad, theirs.grad = gradient.clone(), gradient.clone()
        optimiser.step(1.0)
        reference.step()
    torch.testing.assert_close(ours, theirs)


def test_weights_in_bfloat16_do_not_lose_small_steps() -> None:
    parameter = torch.nn.Parameter(torch.ones(4))
    optimiser = MuonAdam([("bias", parameter)], adam_rate=1e-4)
    parameter.data = parameter.data.to(torch.bfloat16)
    for _ in range(30):
        parameter.grad = torch.ones(4, dtype=torch.bfloat16)
        optimiser.step(1.0)
    assert optimiser.state["master.bias"].max().item() == pytest.approx(1 - 30e-4, abs=1e-4)
    assert parameter.dtype == torch.bfloat16
    assert parameter.max().item() < 1.0
