"""Random forest on shape descriptors over given folds: `particle_shapes.py forest FOLDER`. Prints one JSON line."""

import json
import resource
import sys
import time

import numpy as np
from sklearn.ensemble import RandomForestClassifier


def main(peer, folder):
    with open(f"{folder}/shapes.json") as file:
        task = json.load(file)
    values, labels = np.array(task["values"]), np.array(task["labels"])
    start = time.perf_counter()
    right = 0
    for fold in task["folds"]:
        forest = RandomForestClassifier(300, random_state=1).fit(values[fold["train"]], labels[fold["train"]])
        right += int((forest.predict(values[fold["test"]]) == labels[fold["test"]]).sum())
    seconds = time.perf_counter() - start
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "quality": {"accuracy": right / len(labels)}, "rss_mb": rss}))


main(*sys.argv[1:])
