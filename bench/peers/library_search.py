"""Best 5 of a library by correlation: `library_search.py numpy FOLDER`. Prints one JSON line."""

import json
import resource
import sys
import time

import numpy as np

POINTS = 1863


def main(peer, folder):
    references = np.fromfile(f"{folder}/references.f32", np.float32).reshape(-1, POINTS).astype(float)
    queries = np.fromfile(f"{folder}/queries.f32", np.float32).reshape(-1, POINTS).astype(float)
    search(queries[:20], references)
    start = time.perf_counter()
    scores = search(queries, references)
    seconds = time.perf_counter() - start
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "quality": {"meanBestScore": float(scores[:, 0].mean())}, "rss_mb": rss}))


def search(queries, references):
    products = unit(queries) @ unit(references).T
    best = np.argpartition(products, -5, axis=1)[:, -5:]
    return -np.sort(-np.take_along_axis(products, best, axis=1), axis=1)


def unit(rows):
    centred = rows - rows.mean(1, keepdims=True)
    return centred / np.linalg.norm(centred, axis=1, keepdims=True)


main(*sys.argv[1:])
