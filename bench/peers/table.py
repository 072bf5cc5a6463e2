"""CSV, Parquet and group-by peers: `table.py (polars|pandas)-(csv|parquet|groupby) FOLDER`."""

import json
import resource
import sys
import time

peer, folder = sys.argv[1:]
path = folder + "/table.csv"
columns = ["group", "x1", "x2", "x3"]


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if peer.startswith("polars"):
    import polars as pl

    if peer == "polars-csv":
        pl.read_csv(folder + "/head.csv")
        seconds, table = timed(lambda: pl.read_csv(path))
        quality = {"rows": table.height, "sum": table["x16"].sum()}
    elif peer == "polars-parquet":
        pl.read_parquet(folder + "/head.parquet")
        seconds, table = timed(lambda: pl.read_parquet(folder + "/table.parquet"))
        quality = {"rows": table.height, "sum": table["x16"].fill_nan(None).sum()}
    else:
        table = pl.read_csv(path, columns=columns)
        work = lambda: table.group_by("group").agg(
            pl.col("x1").mean().alias("a"),
            pl.col("x1").std().alias("b"),
            pl.col("x2").mean().alias("c"),
            pl.col("x2").max().alias("d"),
            pl.col("x3").sum().alias("e"),
        )
        work()
        seconds, groups = timed(work)
        quality = {"groups": groups.height, "sum": groups["b"].sum()}
else:
    import pandas as pd

    if peer == "pandas-csv":
        pd.read_csv(folder + "/head.csv")
        seconds, table = timed(lambda: pd.read_csv(path))
        quality = {"rows": len(table), "sum": table["x16"].sum()}
    elif peer == "pandas-parquet":
        pd.read_parquet(folder + "/head.parquet")
        seconds, table = timed(lambda: pd.read_parquet(folder + "/table.parquet"))
        quality = {"rows": len(table), "sum": table["x16"].sum()}
    else:
        table = pd.read_csv(path, usecols=columns)
        work = lambda: table.groupby("group").agg({"x1": ["mean", "std"], "x2": ["mean", "max"], "x3": "sum"})
        work()
        seconds, groups = timed(work)
        quality = {"groups": len(groups), "sum": groups["x1"]["std"].sum()}

rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "quality": {k: float(v) for k, v in quality.items()}, "rss_mb": rss}))
