"""Reference values for test/attribution/reference.test.ts: python test/reference/attribution.py > test/reference/attribution.json

Made with numpy 2.4.6, torch 2.13.0, shap 0.51.0: a network 8-12-6-1 with one set of random weights.
"""
import itertools
import json
import logging
import math
import warnings

import numpy as np
import shap
import torch

warnings.filterwarnings("ignore")
logging.disable(logging.INFO)
r = np.random.default_rng(3)
sizes = [8, 12, 6, 1]
rows = np.round(r.normal(size=(5, 8)), 3)
background = np.round(r.normal(size=(20, 8)), 3)
weights = [np.round(r.normal(size=(a, b)) * np.sqrt(2 / a), 3) for a, b in zip(sizes, sizes[1:])]
biases = [np.round(0.1 * r.normal(size=b), 3) for b in sizes[1:]]


def model(X):
    for W, b in zip(weights[:-1], biases[:-1]):
        X = np.maximum(X @ W + b, 0)
    return 1 / (1 + np.exp(-(X @ weights[-1] + biases[-1])[:, 0]))


def network():
    linear = [torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
    for layer, W, b in zip(linear, weights, biases):
        layer.weight.data = torch.tensor(W.T.copy(), dtype=torch.float32)
        layer.bias.data = torch.tensor(b, dtype=torch.float32)
    relu = torch.nn.ReLU
    return torch.nn.Sequential(linear[0], relu(), linear[1], relu(), linear[2], torch.nn.Sigmoid())


masker = shap.maskers.Independent(background, max_samples=len(background))
exact = shap.explainers.Exact(model, masker)
np.random.seed(0)
kernel = shap.KernelExplainer(model, background).shap_values(rows, nsamples=300, l1_reg=0, silent=True)
gradient = shap.GradientExplainer(network(), torch.tensor(background, dtype=torch.float32))
expected = gradient.shap_values(torch.tensor(rows, dtype=torch.float32), nsamples=20000, rseed=0)



def interactions(x):
    """The definition (Lundberg et al. 2020, equation 3); shap's ExactExplainer gives Shapley-Taylor values instead."""
    d = len(x)
    v = {}
    for known in itertools.product([0, 1], repeat=d):
        v[known] = model(np.where(known, x, background)).mean()
    phi = np.zeros((d, d))
    for i, j in itertools.permutations(range(d), 2):
        for S in itertools.product([0, 1], repeat=d):
            if S[i] or S[j]:
                continue
            weight = math.factorial(sum(S)) * math.factorial(d - sum(S) - 2) / (2 * math.factorial(d - 1))
            put = lambda *on: tuple(1 if k in on else S[k] for k in range(d))
            phi[i, j] += weight * (v[put(i, j)] - v[put(i)] - v[put(j)] + v[S])
    return phi


pairs = np.array([interactions(x) for x in rows[:2]])
values = exact(rows, silent=True).values
for x in range(2):
    np.fill_diagonal(pairs[x], values[x] - pairs[x].sum(1))

print(
    json.dumps(
        {
            "rows": rows.tolist(),
            "background": background.tolist(),
            "weights": [W.tolist() for W in weights],
            "biases": [b.tolist() for b in biases],
            "exact": values.tolist(),
            "interactions": pairs.tolist(),
            "kernel": kernel.tolist(),
            "expectedGradients": np.asarray(expected).reshape(5, 8).tolist(),
            "base": float(model(background).mean()),
            "predictions": model(rows).tolist(),
        }
    )
)
