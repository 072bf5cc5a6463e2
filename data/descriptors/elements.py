"""Elemental descriptors of metals and oxides: python data/descriptors/elements.py (writes inorganic.csv beside it).

Needs mendeleev 1.3.0, a table of element data that cites the source of each column; see the README.
"""
import csv
import json
import os
import re
from pathlib import Path

from mendeleev import element

HERE = Path(__file__).parent
COLUMNS = [
    "id", "mass_g_mol", "mean_electronegativity", "metal_electronegativity", "metal_ionisation_eV",
    "metal_affinity_eV", "metal_covalent_radius_pm", "metal_polarisability_au", "metal_charge",
    "metal_ionic_radius_pm", "band_gap_eV", "formation_kJ_mol",
]


def main():
    materials = json.loads((HERE / "inorganics.json").read_text())["materials"]
    part = HERE / "inorganic.csv.part"
    with part.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for material in materials:
            row = describe(material)
            writer.writerow(["" if row[name] is None else row[name] for name in COLUMNS])
    os.replace(part, HERE / "inorganic.csv")


def describe(material):
    atoms = [(element(symbol), int(count or 1)) for symbol, count in re.findall(r"([A-Z][a-z]?)(\d*)", material["formula"])]
    metal = element(material["metal"])
    count = sum(n for _, n in atoms)
    return {
        "id": material["id"],
        "mass_g_mol": round(sum(e.atomic_weight * n for e, n in atoms), 3),
        "mean_electronegativity": round(sum(e.en_pauling * n for e, n in atoms) / count, 4),
        "metal_electronegativity": metal.en_pauling,
        "metal_ionisation_eV": round(metal.ionenergies[1], 4),
        "metal_affinity_eV": None if metal.electron_affinity is None else round(metal.electron_affinity, 4),
        "metal_covalent_radius_pm": round(metal.covalent_radius_pyykko),
        "metal_polarisability_au": metal.dipole_polarizability,
        "metal_charge": material["charge"],
        "metal_ionic_radius_pm": ionic_radius(metal, material["charge"], material["coordination"]),
        "band_gap_eV": material["band_gap_eV"],
        "formation_kJ_mol": material["formation_kJ_mol"],
    }


def ionic_radius(metal, charge, coordination):
    """Shannon's radius; of two spin states the high one."""
    found = [r for r in metal.ionic_radii if r.charge == charge and r.coordination == coordination]
    if not found:
        return None
    high = [r for r in found if r.spin in ("HS", None, "")]
    return round((high or found)[0].ionic_radius, 1)


if __name__ == "__main__":
    main()
