"""Peers of the QSAR comparison on its own folds: `qsar.py forest|torch FOLDER`; mean of five seeds."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

SEEDS, EPOCHS, BATCH = 5, 60, 32
WORDS = ["material", "surface", "cell", "assay"]
LOGARITHMS = ["size_nm", "dose_ug_mL", "time_h"]
NUMBERS = ["zeta_mV"]


def main(peer, folder):
    predict = {"forest": forest, "torch": network}[peer]
    tables = {path.stem: pd.read_csv(path) for path in sorted(Path(folder, "tables").glob("*.csv"))}
    start = time.perf_counter()
    answers = {name: cross_validate(table, predict) for name, table in tables.items()}
    seconds = time.perf_counter() - start
    Path(folder, f"{peer}.json").write_text(json.dumps(answers))
    from sklearn.metrics import roc_auc_score

    quality = {name: roc_auc_score(a["labels"], a["probabilities"]) for name, a in answers.items()}
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "quality": quality, "rss_mb": rss}))


def cross_validate(table, predict):
    probabilities = np.zeros(len(table))
    for fold in sorted(table.fold.unique()):
        held = (table.fold == fold).to_numpy()
        encoder = encoding().fit(table[~held])
        X, y, query = encoder.transform(table[~held]), table.toxic[~held].to_numpy(), encoder.transform(table[held])
        probabilities[held] = np.mean([predict(X, y, query, seed) for seed in range(1, SEEDS + 1)], axis=0)
    return {"labels": table.toxic.tolist(), "probabilities": probabilities.tolist()}


def encoding():
    """One-hot words of five rows or more, logarithms, medians with a mark for missing, standard scaling."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

    words = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="not stated"),
        OneHotEncoder(min_frequency=5, handle_unknown="infrequent_if_exist", sparse_output=False),
    )
    fill = lambda: SimpleImputer(strategy="median", add_indicator=True)
    logarithm = FunctionTransformer(lambda X: np.log10(X.where(X > 0, X[X > 0].min() / 2, axis=1)))
    return ColumnTransformer(
        [
            ("words", words, WORDS),
            ("logarithms", make_pipeline(logarithm, fill(), StandardScaler()), LOGARITHMS),
            ("numbers", make_pipeline(fill(), StandardScaler()), NUMBERS),
        ]
    )


def forest(X, y, query, seed):
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(random_state=seed).fit(X, y).predict_proba(query)[:, 1]


def network(X, y, query, seed):
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    nn = torch.nn
    X, query = (torch.tensor(part, dtype=torch.float32) for part in (X, query))
    y = torch.tensor(y, dtype=torch.float32)[:, None]
    body = [nn.Linear(X.shape[1], 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.2)]
    model = nn.Sequential(*body, nn.Linear(32, 1))
    # Our penalty l2 · Σ w² has the gradient 2 · l2 · w.
    optimizer, loss = torch.optim.Adam(model.parameters(), 1e-3, weight_decay=2e-4), nn.BCEWithLogitsLoss()
    for _ in range(EPOCHS):
        order = torch.randperm(len(X))
        for i in range(0, len(order), BATCH):
            rows = order[i : i + BATCH]
            optimizer.zero_grad()
            loss(model(X[rows]), y[rows]).backward()
            optimizer.step()
    model.eval()
    return torch.sigmoid(model(query)).detach().numpy()[:, 0]


if __name__ == "__main__":
    main(*sys.argv[1:])
