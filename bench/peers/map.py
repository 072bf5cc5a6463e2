"""t-SNE of the rows that the task wrote: `map.py opentsne|sklearn FOLDER`. Prints one JSON line."""

import json
import os
import resource
import sys
import time

THREADS = 2
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(THREADS)
import numpy as np


def main(peer, folder):
    labels = np.fromfile(f"{folder}/labels.i32", np.int32)
    X = np.fromfile(f"{folder}/X.f32", np.float32).reshape(len(labels), -1)
    draw = {"opentsne": opentsne, "sklearn": sklearn}[peer]
    draw(X[:200], 10)
    start = time.perf_counter()
    Y, divergence = draw(X, 30)
    seconds = time.perf_counter() - start
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from sklearn.manifold import trustworthiness

    trust = trustworthiness(X[:5000], Y[:5000], n_neighbors=12)
    quality = {"trustworthiness": float(trust), "divergence": float(divergence)}
    print(json.dumps({"seconds": seconds, "quality": quality, "rss_mb": rss}))


def opentsne(X, perplexity):
    import openTSNE

    map = openTSNE.TSNE(perplexity=perplexity, n_jobs=THREADS, random_state=0).fit(X)
    return np.asarray(map), map.kl_divergence


def sklearn(X, perplexity):
    from sklearn.manifold import TSNE

    model = TSNE(2, perplexity=perplexity, init="pca", random_state=0, n_jobs=THREADS)
    return model.fit_transform(X), model.kl_divergence_


main(*sys.argv[1:])
