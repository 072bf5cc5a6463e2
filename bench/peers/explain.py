"""shap on the network and rows that the task wrote: `explain.py kernel|permutation|exact|gradients FOLDER`."""

import json
import logging
import resource
import sys
import time
import warnings

import numpy as np
import shap
import torch

warnings.filterwarnings("ignore")
logging.disable(logging.INFO)
torch.set_num_threads(2)
ROWS, BACKGROUND = 200, 100


def main(method, folder):
    model, rows, background = read(folder)

    def predict(X):
        with torch.no_grad():
            return model(torch.from_numpy(np.asarray(X, np.float32)))[:, 0].numpy()

    explain = {"kernel": kernel, "permutation": permutation, "exact": exact, "gradients": gradients}[method]
    explain(model, predict, rows[:2], background)
    start = time.perf_counter()
    values = np.asarray(explain(model, predict, rows, background)).reshape(len(rows), -1)
    seconds = time.perf_counter() - start
    additivity = np.abs(values.sum(1) + predict(background).mean() - predict(rows)).max()
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "quality": {"additivity": float(additivity)}, "rss_mb": rss}))


def read(folder):
    weights = np.fromfile(f"{folder}/weights.f32", np.float32)
    X = np.fromfile(f"{folder}/X.f32", np.float32).reshape(ROWS + BACKGROUND, -1)
    sizes = [X.shape[1], 64, 32, 1]
    layers, at = [], 0
    for a, b in zip(sizes, sizes[1:]):
        linear = torch.nn.Linear(a, b)
        linear.weight.data = torch.from_numpy(weights[at : at + a * b].reshape(a, b).T.copy())
        linear.bias.data = torch.from_numpy(weights[at + a * b : at + a * b + b].copy())
        at += a * b + b
        layers += [linear, torch.nn.Sigmoid() if b == 1 else torch.nn.ReLU()]
    return torch.nn.Sequential(*layers).eval(), X[:ROWS], X[ROWS:]


def kernel(model, predict, rows, background):
    """With l1_reg=0: by default it keeps ten columns only."""
    return shap.KernelExplainer(predict, background).shap_values(rows, silent=True, nsamples=2128, l1_reg=0)


def permutation(model, predict, rows, background):
    explainer = shap.PermutationExplainer(predict, shap.maskers.Independent(background, max_samples=BACKGROUND))
    return explainer(rows, silent=True, max_evals=10 * (2 * rows.shape[1] + 1)).values


def exact(model, predict, rows, background):
    explainer = shap.explainers.Exact(predict, shap.maskers.Independent(background, max_samples=BACKGROUND))
    return explainer(rows, silent=True).values


def gradients(model, predict, rows, background):
    explainer = shap.GradientExplainer(model, torch.from_numpy(background))
    return explainer.shap_values(torch.from_numpy(rows), nsamples=200)


main(*sys.argv[1:])
