"""Reference values by scikit-learn: python test/reference/classical.py (writes classical.json beside it)."""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import PredefinedSplit
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

rng = np.random.default_rng(7)
N, TRAIN, D = 240, 160, 6
X = np.round(rng.normal(size=(N, D)), 2)
X[:, 4:] = X[:, 4:] > 0.3
signal = X[:, 0] + X[:, 1] * X[:, 2] + X[:, 4] - X[:, 5]
y = (signal + 0.6 * rng.normal(size=N) > 0.2).astype(int)
three = np.digitize(signal, [-0.4, 0.8])
train, test = slice(0, TRAIN), slice(TRAIN, N)


def logistic(labels, penalty, class_weight=None):
    model = LogisticRegression(C=1 / penalty, tol=1e-12, max_iter=10_000, class_weight=class_weight, solver="newton-cholesky" if labels is y else "lbfgs")
    model.fit(X[train], labels[train])
    return {"penalty": penalty, "balanced": class_weight == "balanced", "coefficients": model.coef_.tolist(),
            "intercepts": model.intercept_.tolist(), "probabilities": model.predict_proba(X[test]).tolist()}


def knn(labels, k, vote):
    model = KNeighborsClassifier(k, weights=vote, algorithm="brute").fit(X[train], labels[train])
    return {"k": k, "vote": vote, "probabilities": model.predict_proba(X[test]).tolist()}


def svm(kernel, C, class_weight=None):
    model = SVC(kernel=kernel, C=C, tol=1e-8, class_weight=class_weight).fit(X[train], y[train])
    return {"kernel": kernel, "C": C, "balanced": class_weight == "balanced",
            "intercept": float(model.intercept_[0]), "support": int(model.n_support_.sum()),
            "decisions": model.decision_function(X[test]).tolist()}


def platt():
    folds = np.arange(TRAIN) % 5
    decisions = np.zeros(TRAIN)
    for fold in range(5):
        inside = folds != fold
        decisions[~inside] = SVC(tol=1e-8).fit(X[train][inside], y[train][inside]).decision_function(X[train][~inside])
    whole = CalibratedClassifierCV(SVC(tol=1e-8), method="sigmoid", cv=PredefinedSplit(folds), ensemble=False)
    sigmoid = whole.fit(X[train], y[train]).calibrated_classifiers_[0].calibrators[0]
    return {"decisions": decisions.tolist(), "slope": sigmoid.a_, "offset": sigmoid.b_}


def boosted(labels, **options):
    model = HistGradientBoostingClassifier(early_stopping=False, **options).fit(X[train], labels[train])
    return {"options": options, "probabilities": model.predict_proba(X[train]).tolist()}


def forest(labels):
    scores = [RandomForestClassifier(100, random_state=s).fit(X[train], labels[train]).score(X[test], labels[test]) for s in range(20)]
    return {"accuracies": scores}


out = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "X": X.tolist(), "y": y.tolist(), "three": three.tolist(), "train": TRAIN,
    "logistic": [logistic(y, 1.0), logistic(y, 0.01), logistic(y, 10.0, "balanced")],
    "logisticThree": logistic(three, 0.5),
    "knn": [knn(y, 1, "uniform"), knn(y, 7, "uniform"), knn(y, 7, "distance")],
    "knnThree": knn(three, 9, "distance"),
    "svm": [svm("rbf", 1.0), svm("linear", 0.3), svm("rbf", 10.0, "balanced")],
    "platt": platt(),
    "boosted": [boosted(y), boosted(y, max_leaf_nodes=8, l2_regularization=1.0, learning_rate=0.3, max_iter=20),
                boosted(y, max_depth=2, min_samples_leaf=5, max_iter=50)],
    "boostedThree": boosted(three, max_iter=30),
    "forest": forest(y), "forestThree": forest(three),
}
Path(__file__).with_name("classical.json").write_text(json.dumps(out))
