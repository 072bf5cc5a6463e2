"""Writes tables.json: what pandas makes of the real toxicity tables, to compare the loader with.

    NURDLE_DATA=<folder of data sets> python test/reference/tables.py

Needs pandas and openpyxl. Densities come from data/materials/materials.json.
"""

import json
import os
import pathlib

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent
data = pathlib.Path(os.environ["NURDLE_DATA"])
materials = json.loads((here / "../../data/materials/materials.json").read_text())["materials"]
density = {n.lower(): m["density"] for m in materials for n in [m["name"], *m.get("aliases", [])]}


def summary(size, dose, zeta, viability, group):
    return {
        "rows": len(viability),
        "toxic": int((viability < 80).sum()),
        "groups": int(group.nunique()),
        "size_nm": {"filled": int(size.notna().sum()), "mean": float(size.mean())},
        "dose_ug_mL": {"filled": int(dose.notna().sum()), "mean": float(dose.mean())},
        "zeta_mV": {"filled": int(zeta.notna().sum()), "mean": float(zeta.mean())},
    }


def labouta():
    t = pd.read_excel(data / "labouta2019-np-cytotoxicity/labouta2019.xlsx", sheet_name="Master sheet")
    t = t[t["Nanoparticle"].notna()]
    d = t["Diameter (nm)"]
    rho = t["Nanoparticle"].str.lower().map(density)
    dose = t["Concentration μM"] * 1e-6 * 6.02214076e23 * rho * np.pi / 6 * (d * 1e-7) ** 3 * 1000
    keep = (dose >= 0.001) & (dose <= 5000)
    t, d, dose = t[keep], d[keep], dose[keep]
    return summary(d, dose, t["Zeta potential (mV)"], t["% Cell viability"], t["Reference DOI"])


def jyakhwo():
    t = pd.read_csv(data / "jyakhwo2024-np-cytotoxicity/Cytotoxicity.csv")
    particle = t["material"] + t["Hydrodynamic diameter (nm)"].astype(str) + t["Zeta potential (mV)"].astype(str)
    return summary(
        t["Hydrodynamic diameter (nm)"], t["concentration (ug/ml)"], t["Zeta potential (mV)"], t["viability (%)"], particle
    )


def yan():
    t = pd.read_csv(data / "yan-mnp-cytotoxicity/mnp_database_raw.csv")
    plain = lambda s: s.astype(str).str.replace("[−–]", "-", regex=True).str.replace(" ", "")
    number = r"([+-]?\d+\.?\d*(?:e[+-]?\d+)?)"
    text = plain(t["Diameter(nm)"])
    span = text.str.extract(r"^(\d+\.?\d*)-(\d+\.?\d*)$").astype(float).mean(axis=1, skipna=False)
    size = span.fillna(text.str.extract("^" + number)[0].astype(float))
    dose_text = plain(t.iloc[:, 3])
    dose = dose_text.str.extract("^" + number)[0].astype(float)
    per_area = dose_text.str.contains("cm2")
    counted = dose_text.str.contains("particles")
    core = t["Core"].str.strip()
    grams = core.str.lower().map(density) * np.pi / 6 * (size * 1e-7) ** 3
    dose = dose.where(~counted, dose * grams * 1e6).where(~per_area)
    zeta = plain(t["Zeta potential(water)(mV)"]).str.extract("^" + number)[0].astype(float)
    styrene = core.isin(["PS", "Aged-PS"])
    parts = {
        "all": t["ref"] > 0,
        "T1": styrene & (size <= 100),
        "T2": styrene & (size > 100),
        "T3": ~styrene & size.notna(),
    }
    return {k: summary(size[m], dose[m], zeta[m], t["Cell viability"][m], t["ref"][m]) for k, m in parts.items()}


out = {"labouta2019": labouta(), "jyakhwo2024": jyakhwo(), "yan-mnp": yan()}
(here / "tables.json").write_text(json.dumps(out, indent=1) + "\n")
