"""Values that test/models/reference.test.ts compares with: `python training.py > training.json` with torch 2.13.0.

For each case a network, its start, its rows and 100 steps of PyTorch in single precision on consecutive batches of 16,
then the weights, the mean loss of each pass over the rows and the predictions. Numbers are rounded to 32 bits.
"""

import json

import numpy as np
import torch

ROWS, STEPS, BATCH = 80, 100, 16
nn = torch.nn
ACTIVATIONS = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "elu": nn.ELU,
    "selu": nn.SELU,
    "softplus": nn.Softplus,
    "swish": nn.SiLU,
    "gelu": nn.GELU,
    "sigmoid": nn.Sigmoid,
    "linear": nn.Identity,
    "softmax": nn.Identity,
}


def case(name, widths, activations, loss, optimizer, norm_after=None):
    rng = np.random.default_rng(len(name))
    torch.manual_seed(0)
    X = rng.normal(size=(ROWS, widths[0])).astype(np.float32)
    layers, tested = [], []
    for i, activation in enumerate(activations):
        linear = nn.Linear(widths[i], widths[i + 1])
        last = i == len(activations) - 1
        layers.append(linear)
        tested.append((linear, activation))
        if norm_after == i:
            layers.append(nn.BatchNorm1d(widths[i + 1], eps=1e-3, momentum=0.01))
        layers.append(nn.Identity() if last and activation in ("sigmoid", "softmax") else ACTIVATIONS[activation]())
    model = nn.Sequential(*layers)
    start = dump(model)
    y = targets(X, loss, widths[-1])
    step = OPTIMIZERS[optimizer](model)
    losses = []
    for t in range(STEPS):
        rows = np.arange(t * BATCH, (t + 1) * BATCH) % ROWS
        step.zero_grad()
        value = LOSSES[loss](model(torch.from_numpy(X[rows])), torch.from_numpy(y[rows]))
        value.backward()
        step.step()
        losses.append(value.item())
    model.eval()
    scores = model(torch.from_numpy(X))
    outputs = {"sigmoid": torch.sigmoid, "softmax": lambda s: s.softmax(1)}.get(activations[-1], lambda s: s)(scores)
    return {
        **{"name": name, "widths": widths, "activations": activations, "loss": loss, "optimizer": optimizer},
        **{"norm_after": norm_after, "X": numbers(X), "y": numbers(y), "start": start, "end": dump(model)},
        **{"losses": numbers(np.reshape(losses, (-1, ROWS // BATCH)).mean(1)), "outputs": numbers(outputs.detach().numpy())},
    }


def targets(X, loss, outputs):
    signal = X[:, 0] + X[:, 1] * X[:, 2]
    if loss == "categoricalCrossentropy":
        return np.digitize(signal, [-0.5, 0.5]).astype(np.int64)
    if loss == "binaryCrossentropy":
        return (signal > 0).astype(np.float32)[:, None]
    return signal.astype(np.float32)[:, None]


LOSSES = {
    "binaryCrossentropy": nn.BCEWithLogitsLoss(),
    "categoricalCrossentropy": nn.CrossEntropyLoss(),
    "meanSquaredError": nn.MSELoss(),
    "huber": nn.HuberLoss(),
}


def adamw(model):
    kernels = [p for p in model.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if p.ndim == 1]
    groups = [{"params": kernels, "weight_decay": 0.05}, {"params": others, "weight_decay": 0}]
    return torch.optim.AdamW(groups, lr=1e-3, eps=1e-7)


OPTIMIZERS = {
    "adam": lambda model: torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7),
    "adamw": adamw,
    "sgd": lambda model: torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True),
}


def dump(model):
    """Dense weights as inputs × outputs, like ours; then bias, or γ, β, mean, variance."""
    blocks = []
    for layer in model:
        if isinstance(layer, nn.Linear):
            blocks += [layer.weight.detach().numpy().T, layer.bias.detach().numpy()]
        if isinstance(layer, nn.BatchNorm1d):
            blocks += [t.detach().numpy() for t in (layer.weight, layer.bias, layer.running_mean)]
    return [numbers(block) for block in blocks]


def numbers(array):
    return [float(f"{v:.9g}") for v in np.asarray(array).ravel()]


CASES = [
    case("ReLU, Adam", [10, 12, 8, 1], ["relu", "relu", "sigmoid"], "binaryCrossentropy", "adam"),
    case("tanh and ELU, AdamW, classes", [10, 9, 7, 3], ["tanh", "elu", "softmax"], "categoricalCrossentropy", "adamw"),
    case("GELU and SELU, momentum", [6, 11, 5, 1], ["gelu", "selu", "linear"], "meanSquaredError", "sgd"),
    case("swish, softplus, Huber", [7, 9, 6, 1], ["swish", "softplus", "linear"], "huber", "adam"),
    case("batch normalisation", [5, 8, 6, 1], ["tanh", "sigmoid", "sigmoid"], "binaryCrossentropy", "sgd", norm_after=0),
]
print(json.dumps({"made_with": f"torch {torch.__version__}", "cases": CASES}, separators=(",", ":")))
