"""A classical model by scikit-learn on one thread: `classical.py forest|boosted|logistic|svm FOLDER`."""

import json
import resource
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits

MODELS = {
    "forest": lambda seed: RandomForestClassifier(100, random_state=seed, n_jobs=1),
    "boosted": lambda seed: HistGradientBoostingClassifier(early_stopping=False, random_state=seed),
    "logistic": lambda seed: LogisticRegression(tol=1e-8, max_iter=1000),
    "svm": lambda seed: SVC(),
}
REPEATS = 5


def main(kind, folder):
    X = np.fromfile(f"{folder}/X.f32", np.float32).reshape(-1, 40).astype(np.float64)
    y = np.fromfile(f"{folder}/y.f32", np.float32).astype(int)
    held = np.arange(len(X)) % 5 == 0
    with threadpool_limits(1):
        MODELS[kind](0).fit(X[~held], y[~held])
        start = time.perf_counter()
        models = [MODELS[kind](seed).fit(X[~held], y[~held]) for seed in range(REPEATS)]
        seconds = (time.perf_counter() - start) / REPEATS
    accuracy = float(np.mean([model.score(X[held], y[held]) for model in models]))
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "quality": {"accuracy": accuracy}, "rss_mb": rss}))


if __name__ == "__main__":
    main(*sys.argv[1:])
