"""Reference scores by scikit-learn: python test/reference/evaluation.py (writes evaluation.json beside it)."""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve


def bin_of(p):
    """The bins of scikit-learn's calibration_curve."""
    return np.searchsorted(np.linspace(0, 1, 11)[1:-1], p)


rng = np.random.default_rng(20)
cases = []
for n, prevalence, decimals in [(12, 0.5, 3), (40, 0.4, 1), (200, 0.1, 2), (948, 0.27, 3)]:
    y = (rng.random(n) < prevalence).astype(int)
    y[:2] = [0, 1]
    p = np.round(1 / (1 + np.exp(-(rng.normal(size=n) + 1.2 * (y - 0.5)))), decimals)
    called = (p >= 0.5).astype(int)
    fpr, tpr, _ = metrics.roc_curve(y, p, drop_intermediate=False)
    cases.append({
        "labels": y.tolist(),
        "probabilities": p.tolist(),
        "falsePositiveRate": fpr.tolist(),
        "truePositiveRate": tpr.tolist(),
        "scores": {
            "rocAuc": metrics.roc_auc_score(y, p),
            "balancedAccuracy": metrics.balanced_accuracy_score(y, called),
            "mcc": metrics.matthews_corrcoef(y, called),
            "accuracy": metrics.accuracy_score(y, called),
            "precision": metrics.precision_score(y, called, zero_division=0),
            "recall": metrics.recall_score(y, called),
            "f1": metrics.f1_score(y, called),
            "prAuc": metrics.average_precision_score(y, p),
            "brier": metrics.brier_score_loss(y, p),
            "logLoss": metrics.log_loss(y, p),
            "ece": float(np.abs(np.bincount(bin_of(p), p - y)).sum() / n),
        },
        "precisionRecall": [c.tolist() for c in metrics.precision_recall_curve(y, p)[:2]],
        "reliability": [c.tolist() for c in calibration_curve(y, p, n_bins=10)],
        "reliabilityByQuantile": [c.tolist() for c in calibration_curve(y, p, n_bins=5, strategy="quantile")],
    })
values = [0.1, 2.5, 2.5, 7.0, 11.0]
quantiles = {str(q): float(np.quantile(values, q)) for q in (0, 0.025, 0.3, 0.5, 0.975, 1)}
out = {"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__}, "cases": cases,
       "quantile": {"values": values, "at": quantiles}}
Path(__file__).with_name("evaluation.json").write_text(json.dumps(out))
