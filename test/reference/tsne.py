"""Reference values for test/embedding/tsne.test.ts: python test/reference/tsne.py > test/reference/tsne.json

Made with numpy 2.4.6, scikit-learn 1.9.1: three clusters of 60 rows in 6 columns.
"""
import json

import numpy as np
from sklearn.manifold import TSNE, _t_sne, trustworthiness
from sklearn.neighbors import NearestNeighbors

r = np.random.default_rng(1)
X = np.round(np.concatenate([r.normal(size=(60, 6)) + 4 * r.normal(size=6) for _ in range(3)]), 3)
perplexity = 10
graph = NearestNeighbors(n_neighbors=30, algorithm="brute").fit(X).kneighbors_graph(mode="distance")
graph.data **= 2
P = _t_sne._joint_probabilities_nn(graph, perplexity, 0)
fit = TSNE(perplexity=perplexity, init="pca", random_state=0)
Y = fit.fit_transform(X)

print(
    json.dumps(
        {
            "X": X.tolist(),
            "perplexity": perplexity,
            "firstRow": P[0].toarray()[0].tolist(),
            "klDivergence": float(fit.kl_divergence_),
            "trustworthiness": trustworthiness(X, Y, n_neighbors=12),
        }
    )
)
