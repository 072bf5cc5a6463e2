"""Scaled columns by scikit-learn: python test/reference/descriptors.py (writes descriptors.json beside it)."""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(5)
dose = np.round(10 ** rng.uniform(-2, 3, 30), 4)
zeta = np.round(rng.normal(-20, 15, 30), 1)
zeta[[3, 11, 12, 25]] = np.nan
fit, new = slice(0, 20), slice(20, 30)


def scaled(column):
    pipeline = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    pipeline.fit(column[fit].reshape(-1, 1))
    return pipeline.transform(column[new].reshape(-1, 1)).ravel().tolist()


out = {
    "versions": {"scikit-learn": sklearn.__version__},
    "dose": dose.tolist(),
    "zeta": [None if np.isnan(z) else z for z in zeta],
    "fittedRows": 20,
    "scaledLogDose": scaled(np.log10(dose)),
    "scaledZeta": scaled(zeta),
}
Path(__file__).with_name("descriptors.json").write_text(json.dumps(out))
