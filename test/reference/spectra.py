"""Reference values for src/spectra: writes spectra.json beside itself.

python -m venv v && v/bin/pip install numpy scipy pybaselines && v/bin/python test/reference/spectra.py
"""

import json
from pathlib import Path

import numpy as np
from pybaselines import Baseline
from scipy import integrate, interpolate, optimize, signal, sparse

rng = np.random.default_rng(7)


def lorentz(x, centre, width):
    return 1 / (1 + 4 * ((x - centre) / width) ** 2)


def gauss(x, centre, width):
    return np.exp(-4 * np.log(2) * ((x - centre) / width) ** 2)


x = np.arange(600.0, 1000.0, 2.0)
bands = 0.8 * gauss(x, 719, 16) + 0.3 * lorentz(x, 850, 24) + 0.1 * gauss(x, 908, 12)
y = bands + 0.2 + 3e-4 * (x - 600) + 1e-6 * (x - 800) ** 2 + 0.003 * rng.standard_normal(len(x))


def whittaker(y, lam, order):
    D = sparse.csc_matrix(np.diff(np.eye(len(y)), order, axis=0))
    return sparse.linalg.spsolve(sparse.csc_matrix(sparse.eye(len(y)) + lam * D.T @ D), y)


def fill_peaks(x, y, sections, half_window, iterations):
    """Liland's 4S peak filling with the ends kept."""
    edges = [k * len(x) // sections for k in range(sections + 1)]
    pairs = list(zip(edges[:-1], edges[1:]))
    xs = np.concatenate([[x[0]], [x[a:b].mean() for a, b in pairs], [x[-1]]])
    ys = np.concatenate([[y[0]], [y[a:b].min() for a, b in pairs], [y[-1]]])
    for turn in range(iterations):
        half = max(1, int(np.ceil(half_window ** (1 - turn / (iterations - 1)))))
        for _ in range(2):
            for i in range(len(ys)):
                h = min(half, i, len(ys) - 1 - i)
                ys[i] = min(ys[i], ys[i - h : i + h + 1].mean())
            ys = ys[::-1].copy()
    return np.interp(x, xs, ys)


def baselines():
    fitter = Baseline(x_data=x)
    return {
        "rubber-band": fitter.rubberband(y)[0],
        "als": fitter.asls(y, lam=1e4, p=0.01)[0],
        "arpls": fitter.arpls(y, lam=1e4)[0],
        "airpls": fitter.airpls(y, lam=1e4)[0],
        "polynomial": fitter.modpoly(y, poly_order=3)[0],
        "fill-peaks": fill_peaks(x, y, 40, 8, 5),
    }


def pseudo_voigt(x, level, slope, height, centre, width, share):
    shape = share * lorentz(x, centre, width) + (1 - share) * gauss(x, centre, width)
    return level + slope * (x - 800.0 + 1.0) + height * shape


def peak_fit():
    truth = [0.1, 2e-4, 0.7, 812.3, 21.0, 0.4]
    noisy = pseudo_voigt(x, *truth) + 0.004 * rng.standard_normal(len(x))
    found, covariance = optimize.curve_fit(
        pseudo_voigt, x, noisy, [0.1, 0, 0.6, 810, 20, 0.5], xtol=1e-14, ftol=1e-14, gtol=1e-14
    )
    return {"y": noisy, "parameters": found, "errors": np.sqrt(np.diag(covariance))}


def peaks():
    found, properties = signal.find_peaks(y, prominence=0.05, width=0, rel_height=0.5)
    return {
        "indices": found,
        "prominences": properties["prominences"],
        "widths": properties["widths"] * 2.0,
    }


def areas():
    grid = np.arange(400.0, 4001.0, 1.5)
    spectrum = sum(h * gauss(grid, c, w) for c, w, h in [(2916, 24, 1), (1468, 19, 0.3), (1715, 25, 0.05), (1100, 80, 0.04), (3300, 200, 0.03), (970, 20, 0.1)])
    ranges = [(1650, 1850), (1420, 1500), (1700, 1770), (1423, 1495), (3021, 3353), (1467, 1504), (3300, 3400), (952, 986), (924, 1197), (2866, 2987), (1000, 1200), (2885, 2940)]
    out = []
    for low, high in ranges:
        inside = (grid >= low) & (grid <= high)
        gx, gy = grid[inside], spectrum[inside]
        line = gy[0] + (gy[-1] - gy[0]) * (gx - gx[0]) / (gx[-1] - gx[0])
        out.append({"range": [low, high], "none": integrate.trapezoid(gy, gx), "local": integrate.trapezoid(gy - line, gx)})
    return {"x": grid, "y": spectrum, "areas": out}


def scatter():
    reference = bands
    distorted = 0.7 * reference + 0.2 + 0.05 * ((x - 798) / 198) + 0.03 * ((x - 798) / 198) ** 2
    t = (2 * x - x[0] - x[-1]) / (x[-1] - x[0])
    out = {}
    for name, degree in [("msc", 0), ("emsc", 2)]:
        A = np.column_stack([t**k for k in range(degree + 1)] + [reference])
        c = np.linalg.lstsq(A, distorted, rcond=None)[0]
        out[name] = (distorted - A[:, :-1] @ c[:-1]) / c[-1]
    return {"reference": reference, "distorted": distorted, **out}


def non_negative():
    A = np.abs(rng.standard_normal((30, 8)))
    b = A @ np.array([0, 1.5, 0, 0.2, 0, 0, 0.7, 0]) - 0.4 * A[:, 2] + 0.05 * rng.standard_normal(30)
    solution, residual = optimize.nnls(A, b)
    return {"A": A, "b": b, "x": solution, "residual": residual}


targets = np.array([600.0, 601.3, 700.0, 719.99, 850.5, 997.9, 998.0])
values = {
    "x": x,
    "y": y,
    "savgol": {
        f"{window},{degree},{derivative}": signal.savgol_filter(y, window, degree, deriv=derivative, delta=2.0)
        for window, degree, derivative in [(9, 3, 0), (11, 2, 1), (21, 4, 2), (5, 2, 0)]
    },
    "resample": {
        "x": targets,
        "linear": np.interp(targets, x, y),
        "spline": interpolate.CubicSpline(x, y)(targets),
    },
    "whittaker": {"1,100": whittaker(y, 100, 1), "2,100": whittaker(y, 100, 2), "3,10000": whittaker(y, 1e4, 3)},
    "baselines": baselines(),
    "peakFit": peak_fit(),
    "peaks": peaks(),
    "areas": areas(),
    "scatter": scatter(),
    "nnls": non_negative(),
}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


Path(__file__).with_suffix(".json").write_text(json.dumps(plain(values)) + "\n")
