"""The two-branch net on the pairs of the cnn tasks: `cnn.py PEER FOLDER`. Prints one JSON line.

PEER is keras or torch, and what is measured: -fit (the best of some epochs), -attention (the same with attention
between the branches), -predict, -compile.
"""

import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as on our side: TensorFlow leaves it off on older processors
import numpy as np

BATCH, EPOCHS, CLASSES = 32, 4, 7


def main(peer, folder):
    load = lambda name: np.fromfile(f"{folder}/{name}.f32", np.float32)
    y = load("classes").astype(np.int64)
    images, spectra = load("images").reshape(len(y), -1), load("spectra").reshape(len(y), -1)
    size = round(images.shape[1] ** 0.5)
    library, task = peer.split("-")
    run = {"keras": keras_task, "torch": torch_task}[library]
    seconds, accuracy, cpu = run(task, images.reshape(-1, size, size, 1), spectra[:, :, None], y)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    quality = {"cpu_s": cpu} if accuracy is None else {"accuracy": accuracy, "cpu_s": cpu}
    print(json.dumps({"seconds": seconds, "quality": quality, "rss_mb": rss}))


def cpu_now():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(run):
    cpu, start = cpu_now(), time.perf_counter()
    run()
    return time.perf_counter() - start, cpu_now() - cpu


def median(pairs):
    return [sorted(values)[len(values) // 2] for values in zip(*pairs)]


def keras_model(size, attention):
    import keras
    from keras import layers as L

    keras.utils.set_random_seed(0)
    image, spectrum = L.Input((size, size, 1)), L.Input((1800, 1))
    a, b = image, spectrum
    for filters in (16, 32):
        a = L.MaxPooling2D()(L.Conv2D(filters, 3, padding="same", activation="relu")(a))
    a = L.Conv2D(64, 3, padding="same", activation="relu")(a)
    for filters, kernel in ((16, 7), (32, 5)):
        b = L.MaxPooling1D()(L.Conv1D(filters, kernel, padding="same", activation="relu")(b))
    parts = [L.GlobalAveragePooling2D()(a), L.GlobalAveragePooling1D()(b)]
    if attention:
        queries = L.Reshape((-1, 64))(L.AveragePooling2D(2)(a))
        met = L.MultiHeadAttention(4, 16)(queries, L.AveragePooling1D(9)(b))
        parts.append(L.GlobalAveragePooling1D()(met))
    model = keras.Model([image, spectrum], L.Dense(CLASSES, "softmax")(L.Concatenate()(parts)))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def keras_task(task, images, spectra, y):
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(2)
    x = [images, spectra]
    if task == "compile":
        first = [part[:BATCH] for part in x]
        cpu, start = cpu_now(), time.perf_counter()
        model = keras_model(images.shape[1], False)
        model.fit(first, y[:BATCH], batch_size=BATCH, verbose=0)
        return time.perf_counter() - start, None, cpu_now() - cpu
    model = keras_model(images.shape[1], task == "attention")
    if task == "predict":
        model.predict(x, batch_size=128, verbose=0)
        seconds, cpu = median([timed(lambda: model.predict(x, batch_size=128, verbose=0)) for _ in range(3)])
        return seconds, None, cpu
    epoch = lambda: model.fit(x, y, batch_size=BATCH, verbose=0)
    epoch()
    seconds, cpu = median([timed(epoch) for _ in range(EPOCHS)])
    return seconds, float((model.predict(x, verbose=0).argmax(1) == y).mean()), cpu


def torch_model(attention):
    import torch
    from torch import nn
    from torch.nn import functional as F

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.two = nn.ModuleList([nn.Conv2d(i, o, 3, padding=1) for i, o in ((1, 16), (16, 32), (32, 64))])
            self.one = nn.ModuleList([nn.Conv1d(1, 16, 7, padding=3), nn.Conv1d(16, 32, 5, padding=2)])
            if attention:
                self.attention = nn.MultiheadAttention(64, 4, kdim=32, vdim=32, batch_first=True)
            self.head = nn.Linear(160 if attention else 96, CLASSES)

        def forward(self, a, b):
            for k, conv in enumerate(self.two):
                a = F.relu(conv(a))
                a = F.max_pool2d(a, 2) if k < 2 else a
            for conv in self.one:
                b = F.max_pool1d(F.relu(conv(b)), 2)
            parts = [a.mean((2, 3)), b.mean(2)]
            if attention:
                queries = F.avg_pool2d(a, 2).flatten(2).transpose(1, 2)
                values = F.avg_pool1d(b, 9).transpose(1, 2)
                parts.append(self.attention(queries, values, values, need_weights=False)[0].mean(1))
            return self.head(torch.cat(parts, 1))

    torch.manual_seed(0)
    return Net().to(memory_format=torch.channels_last)


def torch_task(task, images, spectra, y):
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(2)
    A = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
    B, Y = torch.from_numpy(spectra).permute(0, 2, 1).contiguous(), torch.from_numpy(y)
    cpu, start = cpu_now(), time.perf_counter()
    model = torch_model(task == "attention")
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)

    def step(rows):
        optimizer.zero_grad()
        F.cross_entropy(model(A[rows], B[rows]), Y[rows]).backward()
        optimizer.step()

    def epoch():
        order = torch.randperm(len(Y))
        for i in range(0, len(Y), BATCH):
            step(order[i : i + BATCH])

    def predict():
        with torch.inference_mode():
            return torch.cat([model(A[i : i + 128], B[i : i + 128]).softmax(1) for i in range(0, len(Y), 128)])

    if task == "compile":
        step(torch.arange(BATCH))
        return time.perf_counter() - start, None, cpu_now() - cpu
    run = predict if task == "predict" else epoch
    run()
    seconds, cpu = median([timed(run) for _ in range(EPOCHS)])
    return seconds, None if task == "predict" else float((predict().argmax(1) == Y).float().mean()), cpu


main(*sys.argv[1:])
