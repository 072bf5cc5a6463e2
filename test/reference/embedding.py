"""Reference values for test/embedding: python test/reference/embedding.py > test/reference/embedding.json

Made with numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1.
"""
import json

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.covariance import LedoitWolf
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.preprocessing import StandardScaler

r = np.random.default_rng(0)


def numbers(a):
    return np.asarray(a, dtype=float).tolist()


def round_data(a):
    return np.round(a, 4)


X = round_data(r.normal(size=(30, 5)) @ r.normal(size=(5, 5)) + [0, 1, 100, -3, 5])
query = round_data(r.normal(size=(6, 5)) * 2 + X.mean(0))
wide = round_data(r.normal(size=(6, 9)))
labels = ["a" if i % 3 else "b" for i in range(30)]

pca = PCA(3, svd_solver="full").fit(X)
pca_wide = PCA(2, svd_solver="full").fit(wide)
lw = LedoitWolf().fit(X)
scaler = StandardScaler().fit(X)
lw_scaled = LedoitWolf().fit(scaler.transform(X))
plain = cdist(query, X.mean(0)[None], "mahalanobis", VI=np.linalg.inv(np.cov(X.T)))[:, 0]

classes = sorted(set(labels), key=labels.index)
index = np.array([classes.index(name) for name in labels])
means = np.array([X[index == c].mean(0) for c in range(2)])
residuals = X - means[index]
pooled = residuals.T @ residuals / (len(X) - 2)
pooled_distances = cdist(query, means, "mahalanobis", VI=np.linalg.inv(pooled))
own = np.stack(
    [
        cdist(query, means[c : c + 1], "mahalanobis", VI=np.linalg.inv(np.cov(X[index == c].T)))[:, 0]
        for c in range(2)
    ],
    axis=1,
)

print(
    json.dumps(
        {
            "X": numbers(X),
            "query": numbers(query),
            "wide": numbers(wide),
            "labels": labels,
            "pca": {
                "components": numbers(pca.components_),
                "scores": numbers(pca.transform(X)),
                "query": numbers(pca.transform(query)),
                "explainedVariance": numbers(pca.explained_variance_),
                "explainedVarianceRatio": numbers(pca.explained_variance_ratio_),
                "wideComponents": numbers(pca_wide.components_),
            },
            "ledoitWolf": {"covariance": numbers(lw.covariance_), "shrinkage": float(lw.shrinkage_)},
            "mahalanobis": {
                "plain": numbers(plain),
                "ledoitWolf": numbers(np.sqrt(lw_scaled.mahalanobis(scaler.transform(query)))),
                "pooled": numbers(pooled_distances),
                "class": numbers(own),
            },
            "trustworthiness": trustworthiness(X, X[:, :2], n_neighbors=7),
            "continuity": trustworthiness(X[:, :2], X, n_neighbors=7),
        }
    )
)
