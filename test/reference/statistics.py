"""Reference statistics by SciPy, statsmodels and scikit-learn: python test/reference/statistics.py (writes
statistics.json beside it). Needs scipy, statsmodels, scikit-learn."""
import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy import optimize, special, stats
from sklearn.isotonic import IsotonicRegression
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.outliers_influence import OLSInfluence
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(6)


def distributions():
    z = [-9.0, -5.2, -1.959963984540054, -0.3, 0.0, 1e-9, 0.7, 3.1, 7.5]
    p = [1e-300, 1e-12, 0.001, 0.07, 0.5, 0.58, 0.975, 0.9999999]
    t = [[0.1, 1], [2.2, 4], [-3.5, 24], [12.0, 9], [1.0, 250.5]]
    alpha = [[0.05, 1], [0.05, 4], [0.01, 24], [0.5, 3.5], [1e-6, 30]]
    chi = [[0.1, 1], [3.84, 1], [12.0, 7], [150.0, 100], [60.0, 3]]
    return {
        "normalCdf": [z, stats.norm.cdf(z).tolist()],
        "normalQuantile": [p, stats.norm.ppf(p).tolist()],
        "studentTwoSided": [t, [2 * stats.t.sf(abs(x), df) for x, df in t]],
        "studentCritical": [alpha, [stats.t.isf(a / 2, df) for a, df in alpha]],
        "chiSquaredTail": [chi, [stats.chi2.sf(x, df) for x, df in chi]],
    }


def wilson():
    cases = [[0, 10], [3, 10], [10, 10], [70, 100], [251, 948], [1, 1]]
    return [[k, n, *map(float, proportion_confint(k, n, method="wilson"))] for k, n in cases]


def delong():
    """By the definition: every pair of a positive and a negative row."""
    cases = []
    for n, decimals in [(30, 1), (200, 3)]:
        y = (rng.random(n) < 0.35).astype(int)
        a = np.round(special.expit(rng.normal(size=n) + 1.5 * y), decimals)
        b = np.round(special.expit(rng.normal(size=n) + 0.8 * y + 0.5 * special.logit(np.clip(a, 0.01, 0.99))), decimals)

        def parts(s):
            psi = (s[y == 1][:, None] > s[y == 0]) + 0.5 * (s[y == 1][:, None] == s[y == 0])
            return psi.mean(), psi.mean(1), psi.mean(0)

        (area_a, va, wa), (area_b, vb, wb) = parts(a), parts(b)
        m, k = (y == 1).sum(), (y == 0).sum()
        S = np.cov(va, vb) / m + np.cov(wa, wb) / k
        z = (area_a - area_b) / np.sqrt(S[0, 0] + S[1, 1] - 2 * S[0, 1])
        cases.append({"labels": y.tolist(), "first": a.tolist(), "second": b.tolist(), "area": float(area_a),
                      "variance": float(S[0, 0]), "z": float(z), "pValue": float(2 * stats.norm.sf(abs(z)))})
    return cases


def holm():
    p = [0.01, 0.04, 0.03, 0.005, 0.5, 0.03]
    return {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()}


def corrected_t():
    d = [0.03, 0.05, -0.01, 0.02, 0.04, 0.0, 0.06, 0.01, 0.03, 0.02]
    share = 1 / 4
    error = np.sqrt((1 / len(d) + share) * np.var(d, ddof=1))
    t = np.mean(d) / error
    half = stats.t.ppf(0.975, len(d) - 1) * error
    return {"differences": d, "testShare": share, "t": t, "pValue": 2 * stats.t.sf(abs(t), len(d) - 1),
            "low": np.mean(d) - half, "high": np.mean(d) + half}


def calibration():
    n = 300
    y = (rng.random(n) < 0.3).astype(int)
    p = np.round(special.expit(1.8 * (rng.normal(size=n) + 1.4 * (y - 0.5)) + 0.7), 3)
    p[:3] = [0.0, 1.0, 1.0]
    z = special.logit(np.clip(p, 1e-9, 1 - 1e-9))
    positive = y.sum()
    target = np.where(y == 1, (positive + 1) / (positive + 2), 1 / (n - positive + 2))

    def platt_loss(ab):
        eta = ab[0] * z + ab[1]
        return np.sum(np.logaddexp(0, eta) - target * eta)

    def temperature_loss(a):
        return np.sum(np.logaddexp(0, a * z) - y * a * z)

    platt = optimize.minimize(platt_loss, [1.0, 0.0], method="BFGS", options={"gtol": 1e-10}).x
    sharp = optimize.brentq(lambda a: np.sum((special.expit(a * z) - y) * z), 1e-3, 50, xtol=1e-14)
    grid = np.round(np.linspace(0, 1, 41), 3)
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(p, y)
    return {"labels": y.tolist(), "probabilities": p.tolist(), "slope": platt[0], "intercept": platt[1],
            "temperature": 1 / sharp, "grid": grid.tolist(), "isotonic": isotonic.predict(grid).tolist()}


def conformal():
    """Split conformal sets as MAPIE makes them ("lac"): NumPy's quantile, rounded up."""
    n, k = 57, 3
    P = rng.dirichlet(np.ones(k), size=n)
    y = np.array([rng.choice(k, p=row) for row in P])
    score = 1 - P[np.arange(n), y]
    out = {"labels": y.tolist(), "probabilities": P.tolist(), "thresholds": {}, "byClass": {}}
    for alpha in (0.1, 0.2):
        limit = lambda s: float(np.quantile(s, np.ceil((len(s) + 1) * (1 - alpha)) / len(s), method="inverted_cdf"))
        out["thresholds"][str(alpha)] = limit(score)
        out["byClass"][str(alpha)] = [limit(score[y == c]) for c in range(k)]
    return out


def grouped_conformal():
    """Sets for new rows by the definitions: pooled distributions (Dunn, Wasserman & Ramdas), hierarchical conformal
    prediction (Lee, Barber & Willett) and CV+ (Romano, Sesia & Candes), row by row and class by class."""
    own = np.random.default_rng(61)
    n, m, k, folds = 60, 12, 3, 4
    group = np.sort(own.integers(0, 14, n))
    fold = group % folds
    y = own.integers(0, k, n)
    P = own.dirichlet(np.ones(k), size=n) * 0.6 + 0.4 * np.eye(k)[y]
    new = [own.dirichlet(np.full(k, 0.7), size=m) for _ in range(folds)]
    score = 1 - P[np.arange(n), y]
    alpha = 0.15

    def pooled(rows, extra):
        """The smallest s at which the mean over groups of F_g(s) reaches 1 - alpha."""
        names = sorted(set(group[rows]))
        for s in np.sort(score[rows]):
            mean = sum(np.mean(score[rows][group[rows] == g] <= s) for g in names) / (len(names) + extra)
            if mean >= 1 - alpha - 1e-12:
                return float(s)
        return None

    everyone = np.arange(n)
    of_class = [everyone[y == c] for c in range(k)]

    def cross(by_class):
        member = []
        for i in range(m):
            for c in range(k):
                rows = of_class[c] if by_class else everyone
                smaller = sum(score[r] < 1 - new[fold[r]][i, c] for r in rows)
                member.append(int(smaller < (1 - alpha) * (len(rows) + 1) - 1e-9))
        return member

    return {"labels": y.tolist(), "probabilities": P.tolist(), "groups": group.tolist(), "folds": fold.tolist(),
            "alpha": alpha, "pooled": pooled(everyone, 0), "hierarchical": pooled(everyone, 1),
            "pooledByClass": [pooled(rows, 0) for rows in of_class],
            "hierarchicalByClass": [pooled(rows, 1) for rows in of_class],
            "byFold": [p.tolist() for p in new], "cross": cross(False), "crossByClass": cross(True)}


def logistic():
    groups = np.repeat(np.arange(25), 8)
    n = len(groups)
    X = np.column_stack([np.ones(n), rng.normal(size=n), rng.integers(0, 2, n), rng.normal(size=25)[groups]])
    y = (rng.random(n) < special.expit(X @ [-0.5, 1.1, 0.6, -0.8] + 0.7 * rng.normal(size=25)[groups])).astype(int)
    fit = sm.GLM(y, X, family=sm.families.Binomial()).fit(tol=1e-14, cov_type="cluster", cov_kwds={"groups": groups})
    plain = sm.GLM(y, X, family=sm.families.Binomial()).fit(tol=1e-14)
    return {"X": X.tolist(), "y": y.tolist(), "groups": groups.tolist(), "coefficients": fit.params.tolist(),
            "clusterErrors": fit.bse.tolist(), "plainErrors": plain.bse.tolist()}


def leverage():
    X = rng.normal(size=(40, 4))
    X[3] *= 4
    collinear = np.column_stack([X, X[:, 0] + X[:, 1]])
    query = rng.normal(size=(5, 4)) * 2
    full = np.column_stack([np.ones(40), X])
    hat = OLSInfluence(sm.OLS(rng.normal(size=40), full).fit()).hat_matrix_diag
    asked = np.column_stack([np.ones(5), query])
    return {"X": X.tolist(), "query": query.tolist(), "leverage": hat.tolist(), "collinear": collinear.tolist(),
            "queryLeverage": np.einsum("ij,jk,ik->i", asked, np.linalg.inv(full.T @ full), asked).tolist()}


def agreement():
    R = np.round(rng.normal(size=(6, 5)) + np.array([3, 2, 2, 1, 0]), 1)
    R[0, 1] = R[0, 2]
    ranks = np.apply_along_axis(stats.rankdata, 1, R)
    m, k = ranks.shape
    ties = sum((c**3 - c).sum() for c in (np.unique(row, return_counts=True)[1] for row in ranks))
    S = ((ranks.sum(0) - m * (k + 1) / 2) ** 2).sum()
    friedman = stats.friedmanchisquare(*R.T)
    pairs = [stats.spearmanr(R[i], R[j]).statistic for i in range(m) for j in range(i)]
    return {"ratings": R.tolist(), "w": 12 * S / (m**2 * (k**3 - k) - m * ties), "chiSquared": friedman.statistic,
            "pValue": friedman.pvalue, "meanSpearman": float(np.mean(pairs)),
            "spearman01": stats.spearmanr(R[0], R[1]).statistic}


def hill():
    dose = np.repeat([1.0, 3, 10, 30, 100, 300], 4)
    viability = 100 / (1 + (dose / 42) ** 1.6) + rng.normal(size=dose.size) * 5
    f = lambda d, log_ec50, log_slope: 100 / (1 + np.exp(np.exp(log_slope) * (np.log(d) - log_ec50)))
    (log_ec50, log_slope), _ = optimize.curve_fit(f, dose, viability, [3, 0], xtol=1e-14, ftol=1e-14)
    return {"dose": dose.tolist(), "viability": viability.tolist(), "ec50": float(np.exp(log_ec50)),
            "slope": float(np.exp(log_slope))}


def ale():
    """Accumulated local effects of column 0 by the definition of Apley & Zhu (2020), for f = x0² + x0 x1."""
    n = 400
    X = np.round(rng.normal(size=(n, 2)) @ [[1, 0.6], [0, 0.8]], 4)
    f = lambda X: X[:, 0] ** 2 + X[:, 0] * X[:, 1]
    edges = np.unique(np.quantile(X[:, 0], np.linspace(0, 1, 9), method="inverted_cdf"))
    bins = np.clip(np.searchsorted(edges, X[:, 0], side="left") - 1, 0, len(edges) - 2)
    low, high = X.copy(), X.copy()
    low[:, 0], high[:, 0] = edges[bins], edges[bins + 1]
    mean = np.array([(f(high) - f(low))[bins == b].mean() for b in range(len(edges) - 1)])
    total = np.concatenate([[0], np.cumsum(mean)])
    counts = np.bincount(bins, minlength=len(edges) - 1)
    centred = total - np.sum(counts * (total[1:] + total[:-1]) / 2) / n
    return {"X": X.tolist(), "edges": edges.tolist(), "effects": centred.tolist(), "counts": counts.tolist()}


sections = [distributions, wilson, delong, holm, corrected_t, calibration, conformal, grouped_conformal, logistic, leverage, agreement,
            hill, ale]
out = {"versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
                    "scikit-learn": sklearn.__version__, "numpy": np.__version__}}
for section in sections:
    name = section.__name__.split("_")
    out[name[0] + "".join(part.capitalize() for part in name[1:])] = section()
Path(__file__).with_name("statistics.json").write_text(json.dumps(out, default=float))
