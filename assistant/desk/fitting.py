"""Fitting the linear models: a softmax and logistic regressions with a ridge, in numpy alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.desk.classifier import Matrix, sigmoid, softmax

STEPS = 150
ROUNDS = 10
RAREST = 6.0


def fit_softmax(rows: Matrix, truth: npt.NDArray[np.int64], classes: int, ridge: float) -> Matrix:
    """Return the weights, one column per class, by Nesterov's accelerated gradient."""
    weights = np.zeros((rows.shape[1], classes))
    ahead, pace = weights, 1.0
    wanted = np.eye(classes)[truth]
    curvature = float(np.linalg.norm(rows, 2)) ** 2 / 2 + ridge
    for _ in range(STEPS):
        gradient = rows.T @ (softmax(rows @ ahead) - wanted) + ridge * ahead
        after = ahead - gradient / curvature
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = after + (pace - 1) / faster * (after - weights)
        weights, pace = after, faster
    return weights


def fit_logistic(rows: Matrix, truth: npt.NDArray[np.bool_], ridge: float) -> Matrix:
    """Return the weights of a logistic regression, by Newton's method.

    The rare class weighs more, up to `RAREST` times: most flags are rare.
    """
    positives = max(int(truth.sum()), 1)
    importance = np.where(truth, min((len(truth) - positives) / positives, RAREST), 1.0)
    ridges = np.full(rows.shape[1], ridge)
    ridges[-1] = 1e-3
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        found = sigmoid(rows @ weights)
        gradient = rows.T @ (importance * (found - truth)) + ridges * weights
        curvature = (rows * (importance * found * (1 - found))[:, None]).T @ rows + np.diag(ridges)
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-4:
            break
    return weights
