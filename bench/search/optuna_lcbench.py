"""Runs one Optuna method on the LCBench surrogate, one JSON line per task and seed on stdout.

python optuna_lcbench.py DATA METHOD BUDGET TASK,TASK,… SEED,SEED,…
BUDGET is in full trainings of 52 epochs. `completed` lists [epochs spent so far, validation accuracy at epoch 52].
"""
import json
import sys
import time

import numpy as np
import onnxruntime
import optuna

EPOCHS = 52
data, method, budget, tasks, seeds = sys.argv[1:6]
limit = EPOCHS * int(budget)
optuna.logging.set_verbosity(optuna.logging.ERROR)

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(f"{data}/model.onnx", options)
codes = json.load(open(f"{data}/encoding.json"))["OpenML_task_id"]


def curve(task, p):
    row = [p[k] for k in ("batch_size", "learning_rate", "momentum", "weight_decay", "num_layers", "max_units", "max_dropout")]
    x = np.array([[epoch, *row] for epoch in range(1, EPOCHS + 1)], dtype=np.float32)
    return session.run(None, {"x_cat": np.full((EPOCHS, 1), codes[task], np.int32), "x_cont": x})[0][:, 1]


def suggest(trial):
    return {
        "batch_size": trial.suggest_int("batch_size", 16, 512, log=True),
        "learning_rate": trial.suggest_float("learning_rate", 1e-4, 1e-1, log=True),
        "momentum": trial.suggest_float("momentum", 0.1, 0.99),
        "weight_decay": trial.suggest_float("weight_decay", 1e-5, 1e-1),
        "num_layers": trial.suggest_int("num_layers", 1, 5),
        "max_units": trial.suggest_int("max_units", 64, 1024, log=True),
        "max_dropout": trial.suggest_float("max_dropout", 0.0, 1.0),
    }


def make(method, seed):
    samplers, pruners = optuna.samplers, optuna.pruners
    if method == "random":
        return samplers.RandomSampler(seed=seed), pruners.NopPruner()
    if method == "tpe":
        return samplers.TPESampler(seed=seed), pruners.NopPruner()
    if method == "tpe-hyperband":
        return samplers.TPESampler(seed=seed), pruners.HyperbandPruner(min_resource=1, max_resource=EPOCHS)
    if method == "gp":
        from old_torch import allow_old_torch

        allow_old_torch()
        return samplers.GPSampler(seed=seed), pruners.NopPruner()
    if method.startswith("auto:"):
        from old_torch import allow_old_torch

        allow_old_torch()
        import optunahub

        module = optunahub.load_local_module("samplers/auto_sampler", registry_root=method[5:])
        return module.AutoSampler(seed=seed), pruners.NopPruner()
    raise SystemExit(f"unknown method {method}")


# Seeds outside: whatever is there when a run is broken off covers all tasks evenly.
for seed in map(int, seeds.split(",")):
    for task in tasks.split(","):
        sampler, pruner = make(method, seed)
        study = optuna.create_study(direction="maximize", sampler=sampler, pruner=pruner)
        spent, trials, asking, completed = 0, 0, 0.0, []
        while spent < limit:
            began = time.perf_counter()
            trial = study.ask()
            params = suggest(trial)
            asking += time.perf_counter() - began
            values = curve(task, params)
            trials += 1
            pruned = False
            for epoch in range(1, EPOCHS + 1):
                spent += 1
                if not isinstance(pruner, optuna.pruners.NopPruner):
                    began = time.perf_counter()
                    trial.report(float(values[epoch - 1]), epoch)
                    pruned = epoch < EPOCHS and trial.should_prune()
                    asking += time.perf_counter() - began
                if pruned or spent >= limit:
                    break
            whole = not pruned and epoch == EPOCHS
            began = time.perf_counter()
            if whole:
                completed.append([spent, float(values[-1])])
                study.tell(trial, float(values[-1]))
            else:
                study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            asking += time.perf_counter() - began
        print(json.dumps({"method": method.split(":")[0], "task": task, "seed": seed, "completed": completed,
                          "trials": trials, "seconds": round(asking, 3)}), flush=True)
