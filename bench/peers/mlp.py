"""A 40-64-32-1 network on the MLP task's rows: `mlp.py torch|sklearn|keras FOLDER`. Prints one JSON line."""

import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np

EPOCHS, BATCH, WARM_UP = 100, 32, 20


def main(peer, folder):
    X = np.fromfile(f"{folder}/X.f32", np.float32).reshape(-1, 40)
    y = np.fromfile(f"{folder}/y.f32", np.float32)
    seconds, accuracy = {"torch": torch_manual, "sklearn": sklearn_classifier, "keras": keras_fit}[peer](X, y)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "quality": {"accuracy": accuracy}, "rss_mb": rss}))


def torch_manual(X, y):
    """One thread and manual indexing: the fastest way that we found."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    X, y = torch.from_numpy(X), torch.from_numpy(y)[:, None]
    model = torch_model(torch.nn)
    optimizer, loss = torch.optim.Adam(model.parameters(), 1e-3), torch.nn.BCEWithLogitsLoss()
    torch_epochs(model, optimizer, loss, X, y, WARM_UP)
    start = time.perf_counter()
    torch_epochs(model, optimizer, loss, X, y, EPOCHS)
    seconds = time.perf_counter() - start
    model.eval()
    return seconds, ((model(X) > 0).float() == y).float().mean().item()


def torch_model(nn):
    body = [nn.Linear(40, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.2)]
    return nn.Sequential(*body, nn.Linear(32, 1))


def torch_epochs(model, optimizer, loss, X, y, epochs):
    import torch

    for _ in range(epochs):
        order = torch.randperm(len(X))
        for i in range(0, len(X), BATCH):
            rows = order[i : i + BATCH]
            optimizer.zero_grad()
            loss(model(X[rows]), y[rows]).backward()
            optimizer.step()


def sklearn_classifier(X, y):
    """Has no dropout."""
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore")
    settings = dict(hidden_layer_sizes=(64, 32), batch_size=BATCH, alpha=0, tol=0, n_iter_no_change=10**9, random_state=0)
    MLPClassifier(max_iter=WARM_UP, **settings).fit(X, y)
    model = MLPClassifier(max_iter=EPOCHS, **settings)
    start = time.perf_counter()
    model.fit(X, y)
    return time.perf_counter() - start, float(model.score(X, y))


def keras_fit(X, y):
    import keras
    from keras import layers

    keras.utils.set_random_seed(0)
    dense = [layers.Dense(64, "relu"), layers.Dropout(0.2), layers.Dense(32, "relu"), layers.Dropout(0.2)]
    model = keras.Sequential([layers.Input((40,)), *dense, layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    model.fit(X, y, batch_size=BATCH, epochs=WARM_UP, verbose=0)
    start = time.perf_counter()
    model.fit(X, y, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    seconds = time.perf_counter() - start
    return seconds, float(((model.predict(X, verbose=0)[:, 0] > 0.5) == y).mean())


main(*sys.argv[1:])
