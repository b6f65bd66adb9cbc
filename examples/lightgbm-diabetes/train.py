#!/usr/bin/env python3
"""Predict the progression of diabetes (scikit-learn's data set) with LightGBM.

    python train.py params.yaml
"""
import os
import sys

import lightgbm as lgb
import numpy as np
import yaml
from sklearn.datasets import load_diabetes

params_file = sys.argv[1] if len(sys.argv) > 1 else "params.yaml"
seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
out_dir = sys.argv[3] if len(sys.argv) > 3 else "out"

with open(params_file) as f:
    params = yaml.safe_load(f)
rounds = params.pop("num_boost_round")

X, y = load_diabetes(return_X_y=True, as_frame=False)
order = np.random.default_rng(0).permutation(len(y))
train, val = order[:250], order[250:]
train_set = lgb.Dataset(X[train], y[train])
val_set = train_set.create_valid(X[val], y[val])

booster = lgb.train(
    {**params, "seed": seed, "num_threads": 1, "deterministic": True},
    train_set,
    num_boost_round=rounds,
    valid_sets=[train_set, val_set],
    valid_names=["train", "valid"],
    callbacks=[lgb.log_evaluation(1)],
)
os.makedirs(out_dir, exist_ok=True)
booster.save_model(os.path.join(out_dir, "model.txt"))
