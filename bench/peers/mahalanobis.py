"""Distances from class centres, pooled covariance: `mahalanobis.py numpy|sklearn FOLDER`. Prints one JSON line."""

import json
import resource
import sys
import time

import numpy as np
from scipy.linalg import solve_triangular


def main(peer, folder):
    labels = np.fromfile(f"{folder}/labels.i32", np.int32)
    X = np.fromfile(f"{folder}/X.f32", np.float32).reshape(len(labels), -1).astype(float)
    work = {"numpy": cholesky, "sklearn": sklearn}[peer]
    times = []
    for _ in range(12):
        start = time.perf_counter()
        distances = work(X, labels)
        times.append(time.perf_counter() - start)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    quality = {"meanDistance": float(distances.mean())}
    print(json.dumps({"seconds": float(np.median(times[2:])), "quality": quality, "rss_mb": rss}))


def centres(X, labels):
    return np.stack([X[labels == c].mean(0) for c in range(labels.max() + 1)])


def cholesky(X, labels):
    means = centres(X, labels)
    Z = X - means[labels]
    L = np.linalg.cholesky(Z.T @ Z / (len(X) - len(means)))
    U = solve_triangular(L, X.T, lower=True, check_finite=False)
    V = solve_triangular(L, means.T, lower=True, check_finite=False)
    return np.stack([np.sqrt(((U - v[:, None]) ** 2).sum(0)) for v in V.T], axis=1)


def sklearn(X, labels):
    from sklearn.covariance import EmpiricalCovariance

    means = centres(X, labels)
    model = EmpiricalCovariance(assume_centered=True).fit(X - means[labels])
    return np.stack([np.sqrt(model.mahalanobis(X - mean)) for mean in means], axis=1)


main(*sys.argv[1:])
