#!/usr/bin/env python3
"""A multi-layer perceptron on scikit-learn's wine data, epoch by epoch.

    python train.py --output runs/baseline
"""
import argparse
import json
import os

import numpy as np
from sklearn.datasets import load_wine
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--epochs", type=int, default=60)
parser.add_argument("--hidden", type=int, default=32, help="units of the hidden layer")
parser.add_argument("--activation", default="relu", choices=["relu", "tanh", "logistic"])
parser.add_argument("--solver", default="adam", choices=["adam", "sgd"])
parser.add_argument("--lr", type=float, default=0.001)
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--alpha", type=float, default=0.0001, help="L2 penalty")
parser.add_argument("--batch-size", type=int, default=16)
parser.add_argument("--scale", action="store_true", help="standardize the features")
parser.add_argument("--output", default="out", help="folder for metrics.jsonl")
parser.add_argument("--seed", type=int, default=42)


def main():
    args = parser.parse_args()
    X, y = load_wine(return_X_y=True)
    X_train, X_val, y_train, y_val = train_test_split(X, y, train_size=60, stratify=y, random_state=0)
    if args.scale:
        scaler = StandardScaler().fit(X_train)
        X_train, X_val = scaler.transform(X_train), scaler.transform(X_val)

    rng = np.random.default_rng(args.seed)
    model = MLPClassifier(
        hidden_layer_sizes=(args.hidden,),
        activation=args.activation,
        solver=args.solver,
        learning_rate_init=args.lr,
        momentum=args.momentum,
        alpha=args.alpha,
        batch_size=args.batch_size,
        random_state=args.seed,
    )
    os.makedirs(args.output, exist_ok=True)
    with open(os.path.join(args.output, "metrics.jsonl"), "w") as log:
        for epoch in range(1, args.epochs + 1):
            order = rng.permutation(len(y_train))
            model.partial_fit(X_train[order], y_train[order], classes=np.unique(y))  # one pass, in mini-batches
            row = {"epoch": epoch}
            for split, features, labels in [("train", X_train, y_train), ("val", X_val, y_val)]:
                row[f"{split}_loss"] = log_loss(labels, model.predict_proba(features))
                row[f"{split}_acc"] = accuracy_score(labels, model.predict(features))
            print(json.dumps(row), file=log, flush=True)
    print(f"val accuracy {row['val_acc']:.4f}")


if __name__ == "__main__":
    main()
