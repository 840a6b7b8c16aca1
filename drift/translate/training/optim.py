"""Muon for the hidden matrices, Adam for the rest, both on a float32 copy of weights that may be bfloat16.

Muon (Jordan et al. 2024) replaces the momentum of a matrix by the nearest (semi-)orthogonal one, found by a few
Newton-Schulz steps; it learns faster per token than Adam and keeps one moment instead of two. Embeddings, norms and
biases are no maps between hidden spaces and stay with Adam (Kingma and Ba 2015).
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

__all__ = ["MuonAdam", "orthogonalise"]

QUINTIC = (3.4445, -4.7750, 2.0315)  # Jordan's coefficients: steep at zero, singular values end in about 0.7 to 1.2


def orthogonalise(matrices: Tensor, *, steps: int = 4, dtype: torch.dtype = torch.bfloat16) -> Tensor:
    """Nearest semi-orthogonal matrices, roughly: [n, rows, columns] → the same shape in float32."""
    a, b, c = QUINTIC
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.transpose(1, 2) if tall else matrices
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).to(dtype).contiguous()
    for _ in range(steps):
        gram = x @ x.transpose(1, 2)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.transpose(1, 2) if tall else x).float()


class MuonAdam:
    """Steps all parameters of a model once; ``factor`` scales both learning rates (the schedule).

    ``muon_rate`` is the step's spectral size before the factor ``sqrt(max(1, rows / columns))``.
    """

    def __init__(self, parameters: Iterable[tuple[str, nn.Parameter]], *, muon_rate: float = 0.015,
                 adam_rate: float = 0.0015, momentum: float = 0.95, betas: tuple[float, float] = (0.9, 0.98),
                 epsilon: float = 1e-9) -> None:
        named = {name: parameter for name, parameter in parameters if parameter.requires_grad}
        self.parameters = named
        self.muon_rate, self.adam_rate, self.momentum, self.betas, self.epsilon = (
            muon_rate, adam_rate, momentum, betas, epsilon)
        self.steps = 0
        self.state: dict[str, Tensor] = {}
        self.groups: dict[tuple[int, int], list[str]] = {}  # Muon works on all matrices of one shape at once
        for name, parameter in named.items():
            self.state[f"master.{name}"] = parameter.detach().float().clone()
            if self.is_hidden(name, parameter):
                self.groups.setdefault((parameter.shape[0], parameter.shape[1]), []).append(name)
                self.state[f"momentum.{name}"] = torch.zeros_like(self.state[f"master.{name}"])
            else:
                self.state[f"mean.{name}"] = torch.zeros_like(self.state[f"master.{name}"])
                self.state[f"square.{name}"] = torch.zeros_like(self.state[f"master.{name}"])

    @staticmethod
    def is_hidden(name: str, parameter: Tensor) -> bool:
        """Whether Muon takes it: a matrix that is no embedding."""
        return parameter.dim() == 2 and "shared" not in name and "embed" not in name

    def step(self, factor: float) -> None:
        """Update from the gradients, write the new weights back and forget the gradients."""
        with torch.no_grad():
            self.steps += 1
            matrices = {name for group in self.groups.values() for name in group}
            for (rows, columns), names in self.groups.items():
                updates = []
                for name in names:
                    gradient = self._gradient(name)
                    moment = self.state[f"momentum.{name}"]
                    moment.mul_(self.momentum).add_(gradient, alpha=1 - self.momentum)
                    updates.append(gradient.lerp(moment, self.momentum))  # Nesterov
                rate = factor * self.muon_rate * max(1.0, rows / columns) ** 0.5
                for name, update in zip(names, orthogonalise(torch.stack(updates)), strict=True):
                    self.state[f"master.{name}"].sub_(update, alpha=rate)
            first, second = self.betas
            correction = (1 - second**self.steps) ** 0.5 / (1 - first**self.steps)
            for name in self.parameters:
                if name in matrices:
                    continue
                gradient = self._gradient(name)
                mean, square = self.state[f"mean.{name}"], self.state[f"square.{name}"]
                mean.lerp_(gradient, 1 - first)
                square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
                self.state[f"master.{name}"].addcdiv_(
                    mean, square.sqrt().add_(self.epsilon), value=-factor * self.adam_rate * correction)
            self.write_back()

    def _gradient(self, name: str) -> Tensor:
        gradient = self.parameters[name].grad
        return torch.zeros_like(self.state[f"master.{name}"]) if gradient is None else gradient.float()

    def write_back(self) -> None:
        """Copy the float32 weights into the model."""
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                parameter.copy_(self.state[f"master.{name}"])
                parameter.grad = None

    def load(self, state: dict[str, Tensor], steps: int) -> None:
        """Continue from a checkpoint's tensors, the model's weights included."""
        for name, tensor in self.state.items():
            tensor.copy_(state[name])
        self.steps = steps
        self.write_back()

    def restore_master(self, model: nn.Module) -> None:
        """Turn the model to float32 and give it the exact weights, for evaluation and export."""
        with torch.no_grad():
            model.float()
            for name, parameter in model.named_parameters():
                if name in self.parameters:
                    parameter.copy_(self.state[f"master.{name}"])
