"""Fifty Adam steps of a small two-input net by Keras, and TensorFlow's gradients before them.

Run with the TensorFlow of bench/requirements.txt: `python test/reference/graph.py`. Writes graph.json beside itself.
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import layers as L

ROWS, BATCH, EPOCHS, CLASSES = 20, 4, 10, 3


def main():
    keras.utils.set_random_seed(0)
    draw = np.random.default_rng(0)
    images = draw.normal(size=(ROWS, 6, 6, 1)).astype(np.float32)
    spectra = draw.normal(size=(ROWS, 16, 1)).astype(np.float32)
    classes = (np.arange(ROWS) % CLASSES).astype(np.int32)
    images[np.arange(ROWS), classes] += 1
    result = {"images": flat(images), "spectra": flat(spectra), "classes": classes.tolist(), "runs": {}}
    optimizers = {
        "adam": keras.optimizers.Adam(1e-2),
        "adamw": keras.optimizers.AdamW(1e-2, weight_decay=0.1),
        "sgd": keras.optimizers.SGD(1e-2, momentum=0.9, nesterov=True),
    }
    model = net()
    start = model.get_weights()
    result["start"] = {layer.name: [flat(w) for w in layer.get_weights()] for layer in model.layers}
    targets = tf.one_hot(classes, CLASSES)
    result["gradients"] = gradients(model, [images[:BATCH], spectra[:BATCH]], targets[:BATCH])
    for name, optimizer in optimizers.items():
        model.set_weights(start)
        if name == "adamw":
            optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        model.compile(optimizer, keras.losses.CategoricalCrossentropy(label_smoothing=0.1))
        losses = Losses()
        model.fit(
            [images, spectra], targets, batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[losses]
        )
        probabilities = model.predict([images, spectra], verbose=0)
        result["runs"][name] = {"losses": losses.values, "probabilities": flat(probabilities)}
    path = os.path.join(os.path.dirname(__file__), "graph.json")
    with open(path, "w") as file:
        json.dump(result, file)


def flat(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, np.float32).ravel()]


def net():
    image, spectrum = L.Input((6, 6, 1)), L.Input((16, 1))
    a = L.Conv2D(4, 3, padding="same", activation="relu", name="conv2d")(image)
    a = L.BatchNormalization(name="norm")(L.MaxPooling2D()(a))
    b = L.AveragePooling1D(2)(L.Conv1D(4, 3, strides=2, activation="tanh", name="conv1d")(spectrum))
    joined = L.Concatenate()([L.Flatten()(a), L.GlobalAveragePooling1D()(b)])
    return keras.Model([image, spectrum], L.Dense(CLASSES, "softmax", name="classes")(joined))


class Losses(keras.callbacks.Callback):
    """Keras reports running means over an epoch: undone here."""

    def __init__(self):
        super().__init__()
        self.values = []

    def on_train_batch_end(self, batch, logs):
        before = self.mean * batch if batch else 0.0
        self.values.append(logs["loss"] * (batch + 1) - before)
        self.mean = logs["loss"]


def gradients(model, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.categorical_crossentropy(y, model(x, training=True), label_smoothing=0.1))
    trained = {id(v): g for v, g in zip(model.trainable_weights, tape.gradient(loss, model.trainable_variables))}
    named = {layer.name: [flat(trained[id(w)]) for w in layer.trainable_weights] for layer in model.layers}
    return {name: values for name, values in named.items() if values}


main()
