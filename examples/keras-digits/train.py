#!/usr/bin/env python3
"""A convolutional network on scikit-learn's 8 x 8 digits, in Keras 3.

    python train.py --config configs/baseline.toml --logdir runs/baseline
"""
import argparse
import os
import tomllib
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402
from sklearn.datasets import load_digits  # noqa: E402


def load_data(cfg):
    digits = load_digits()
    x, y = (digits.images / 16.0)[..., None].astype("float32"), digits.target
    order = np.random.default_rng(0).permutation(len(y))
    train, val = order[: cfg["train_size"]], order[cfg["train_size"] :]
    return (x[train], y[train]), (x[val], y[val])


def build_model(cfg):
    model = keras.Sequential([keras.Input((8, 8, 1))])
    for filters in cfg["filters"]:
        model.add(layers.Conv2D(filters, 3, padding="same"))
        if cfg["batch_norm"]:
            model.add(layers.BatchNormalization())
        model.add(layers.Activation("relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(cfg["units"], activation="relu"))
    model.add(layers.Dropout(cfg["dropout"]))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", default="configs/baseline.toml")
    parser.add_argument("--logdir", default="runs/latest", help="where history.csv and the weights go")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    with open(args.config, "rb") as file:
        cfg = tomllib.load(file)
    keras.utils.set_random_seed(args.seed)
    (x_train, y_train), (x_val, y_val) = load_data(cfg["data"])

    model = build_model(cfg["model"])
    model.compile(
        optimizer=keras.optimizers.SGD(
            learning_rate=cfg["optimizer"]["learning_rate"], momentum=cfg["optimizer"]["momentum"]
        ),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    logdir = Path(args.logdir)
    logdir.mkdir(parents=True, exist_ok=True)
    model.fit(
        x_train,
        y_train,
        batch_size=cfg["training"]["batch_size"],
        epochs=cfg["training"]["epochs"],
        validation_data=(x_val, y_val),
        callbacks=[keras.callbacks.CSVLogger(logdir / "history.csv")],
        verbose=2,
    )
    model.save_weights(logdir / "final.weights.h5")


if __name__ == "__main__":
    main()
