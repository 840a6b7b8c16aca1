"""Is the difference more than noise? Paired bootstrap and approximate randomisation over sentences, in numpy, seeded.

Paired bootstrap: Koehn, "Statistical Significance Tests for Machine Translation Evaluation", EMNLP 2004.
Approximate randomisation: Riezler and Maxwell, "On Some Pitfalls in Automatic Evaluation and Significance Testing for
MT", ACL 2005 workshop. Holm's step-down correction: Holm, Scand. J. Statist. 6, 1979.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["RESAMPLES", "SEED", "TRIALS", "Paired", "holm", "paired"]

RESAMPLES: Final = 1000  # of the bootstrap
TRIALS: Final = 10_000  # of the randomisation
SEED: Final = 12345  # sacrebleu's
_AT_ONCE: Final = 2_000_000  # cells of a random matrix held in memory


@dataclass(frozen=True, slots=True)
class Paired:
    """The mean of paired differences, how sure it is, and how often chance alone does as much."""

    difference: float  # mean over sentences of (other - first)
    low: float  # 95% confidence interval of the difference, percentiles of the bootstrap
    high: float
    p_bootstrap: float  # 0..1, two-sided
    p_randomised: float  # 0..1, two-sided


def paired(
    differences: NDArray[Any], *, resamples: int = RESAMPLES, trials: int = TRIALS, seed: int = SEED
) -> list[Paired]:
    """Test every column of `differences` (sentences × measures): res[k] is for differences[:, k].

    All columns see the same resamples. The same numbers give the same result; the order of the sentences matters only
    to the random numbers. A column of zeros has p = 1.
    """
    import numpy as np

    table = np.asarray(differences, dtype=np.float64)
    n = len(table)
    observed = table.mean(axis=0)
    rng = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // n)
    means = np.concatenate([
        rng.multinomial(n, np.full(n, 1 / n), size=min(step, resamples - start)) @ table / n
        for start in range(0, resamples, step)
    ])
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    slack = 1e-9  # sums in another order differ in the last bit
    by_chance = (np.abs(means - means.mean(axis=0)) >= np.abs(observed) - slack).sum(axis=0)
    as_large = np.zeros(table.shape[1])
    for start in range(0, trials, step):
        signs = rng.integers(2, size=(min(step, trials - start), n)) * 2.0 - 1.0
        as_large += (np.abs(signs @ table / n) >= np.abs(observed) - slack).sum(axis=0)
    return [
        Paired(float(observed[k]), float(low[k]), float(high[k]), float((by_chance[k] + 1) / (resamples + 1)),
               float((as_large[k] + 1) / (trials + 1)))
        for k in range(table.shape[1])
    ]


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values, same order: reject those below alpha, and the chance of any false alarm is below alpha."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted = [1.0] * len(p_values)
    running = 0.0
    for rank, k in enumerate(order):
        running = max(running, min(1.0, p_values[k] * (len(p_values) - rank)))
        adjusted[k] = running
    return adjusted
