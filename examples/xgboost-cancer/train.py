#!/usr/bin/env python3
"""Gradient boosting on scikit-learn's breast cancer data.

    python train.py --params params.json --out results/baseline
"""
import argparse
import json
from pathlib import Path

import numpy as np
import xgboost as xgb
from sklearn.datasets import load_breast_cancer


def load_data(spec):
    """Training and validation matrices. The split and the wrong labels belong to the data: no run's seed moves them."""
    data = load_breast_cancer()
    rng = np.random.default_rng(0)
    order = rng.permutation(len(data.target))
    train, val = order[: spec["train_size"]], order[spec["train_size"] :]
    labels = data.target[train].copy()
    wrong = rng.random(len(train)) < spec["label_noise"]
    labels[wrong] = 1 - labels[wrong]
    names = [name.replace(" ", "_") for name in data.feature_names]
    return (
        xgb.DMatrix(data.data[train], labels, feature_names=names),
        xgb.DMatrix(data.data[val], data.target[val], feature_names=names),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--params", type=Path, default=Path("params.json"), help="JSON file of parameters")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for evals_result.json and the model")
    parser.add_argument("--seed", type=int, default=42)
    args = parser.parse_args()
    config = json.loads(args.params.read_text())

    dtrain, dval = load_data(config["data"])
    evals_result = {}
    booster = xgb.train(
        {**config["params"], "seed": args.seed, "nthread": 1},
        dtrain,
        num_boost_round=config["num_boost_round"],
        evals=[(dtrain, "train"), (dval, "val")],
        evals_result=evals_result,
        verbose_eval=True,
    )
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "evals_result.json").write_text(json.dumps(evals_result))
    booster.save_model(args.out / "model.json")


if __name__ == "__main__":
    main()
