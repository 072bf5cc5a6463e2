"""Ten arms × five folds of the MLP task by PyTorch in two processes of one thread: `arms.py '' FOLDER`."""

import json
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import torch

ARMS, FOLDS, EPOCHS, BATCH = 10, 5, 100, 32


def main(_, folder):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=warm_up) as pool:
        list(pool.map(nothing, range(4)))
        start = time.perf_counter()
        accuracies = list(pool.map(train, [(folder, k) for k in range(ARMS * FOLDS)]))
        seconds = time.perf_counter() - start
    rss = 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "quality": {"accuracy": float(np.mean(accuracies))}, "rss_mb": rss}))


def warm_up():
    torch.set_num_threads(1)


def nothing(_):
    time.sleep(0.2)


def train(job):
    folder, k = job
    X = torch.from_numpy(np.fromfile(f"{folder}/X.f32", np.float32).reshape(-1, 40))
    y = torch.from_numpy(np.fromfile(f"{folder}/y.f32", np.float32))[:, None]
    held = torch.arange(len(X)) % FOLDS == k % FOLDS
    torch.manual_seed(k // FOLDS)
    nn = torch.nn
    body = [nn.Linear(40, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.2)]
    model = nn.Sequential(*body, nn.Linear(32, 1))
    optimizer, loss = torch.optim.Adam(model.parameters(), 1e-3), nn.BCEWithLogitsLoss()
    train_X, train_y = X[~held], y[~held]
    for _ in range(EPOCHS):
        order = torch.randperm(len(train_X))
        for i in range(0, len(order), BATCH):
            rows = order[i : i + BATCH]
            optimizer.zero_grad()
            loss(model(train_X[rows]), train_y[rows]).backward()
            optimizer.step()
    model.eval()
    return ((model(X[held]) > 0).float() == y[held]).float().mean().item()


if __name__ == "__main__":
    main(*sys.argv[1:])
