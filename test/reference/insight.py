"""Reference values for attribution by occlusion, separation, unmixing: python test/reference/insight.py > test/reference/insight.json

Made with numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1.
"""
import json

import numpy as np
from scipy.optimize import nnls
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score, silhouette_samples, silhouette_score
from sklearn.neighbors import NearestNeighbors

r = np.random.default_rng(7)


def numbers(a):
    return np.asarray(a, dtype=float).tolist()


centres = r.normal(size=(3, 4)) * 1.5
index = np.array([0, 1, 2, 0, 1, 0, 1, 2, 0, 1, 0, 2] * 3)
X = np.round(centres[index] + r.normal(size=(len(index), 4)), 4)
labels = [["UV", "thermal", "chemical"][c] for c in index]

means = np.array([X[index == c].mean(0) for c in range(3)])
sizes = np.bincount(index)
residuals = X - means[index]
within = residuals.T @ residuals / (len(X) - 3)
offsets = means - X.mean(0)
between = (offsets.T * (sizes / len(X))) @ offsets
inverse = np.linalg.inv(within)
difference = means[:, None] - means[None]
squares = np.einsum("abi,ij,abj->ab", difference, inverse, difference)

found = NearestNeighbors(n_neighbors=6).fit(X).kneighbors(X, return_distance=False)
neighbours = np.array([[b for b in row if b != i][:5] for i, row in enumerate(found)])
shares = np.array([[np.mean(index[neighbours[index == a]] == b) for b in range(3)] for a in range(3)])

members = np.round(np.abs(r.normal(size=(3, 6))), 4)
mixed = np.round(np.abs(r.normal(size=(5, 3))) @ members + 0.1 * r.normal(size=(5, 6)), 4)
amounts = [nnls(members.T, row) for row in mixed]

a = np.round(r.normal(size=(4, 7)), 2)
b = np.round(a + r.normal(size=(4, 7)), 2)
marked = (r.uniform(size=(4, 7)) < 0.4).astype(int)
marked[:, 0], marked[:, 1] = 1, 0

weights = np.round(r.normal(size=(8,)), 3)
rows = np.round(r.normal(size=(3, 8)), 3)
regions = [[0, 1, 2], [3, 4], [5, 6, 7]]
mean = rows.mean(0)
falls = np.array([[weights[g] @ (row[g] - mean[g]) for g in regions] for row in rows])

print(
    json.dumps(
        {
            "X": numbers(X),
            "labels": labels,
            "silhouette": {"mean": silhouette_score(X, labels), "perRow": numbers(silhouette_samples(X, labels))},
            "separation": {
                "fisherRatio": float(np.trace(inverse @ between)),
                "distances": numbers(np.sqrt(squares)),
                "overlap": numbers(np.exp(-squares / 8)),
            },
            "overlap": numbers(shares),
            "unmix": {
                "members": numbers(members),
                "rows": numbers(mixed),
                "shares": numbers([x / x.sum() for x, _ in amounts]),
                "residuals": numbers([rest / np.linalg.norm(row) for (_, rest), row in zip(amounts, mixed)]),
            },
            "agreement": {
                "a": numbers(a),
                "b": numbers(b),
                "spearman": [float(spearmanr(p, q).statistic) for p, q in zip(a, b)],
            },
            "localisation": {
                "marked": numbers(marked),
                "auc": [float(roc_auc_score(m, s)) for m, s in zip(marked, a)],
            },
            "occlusion": {"weights": numbers(weights), "rows": numbers(rows), "falls": numbers(falls)},
        }
    )
)
