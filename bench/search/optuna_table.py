"""Optuna's best trial on a table of configurations × 5 seeds, one JSON line for each {"seed", "runs"} asked.

Every axis is an integer from 0, so that its order is known. TPESampler with its defaults.
"""

import gzip
import json
import random
import sys
from array import array

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
values = array("f")
values.frombytes(gzip.open(sys.argv[1]).read())
sizes = [int(size) for size in sys.argv[2].split(",")]
shared = sys.argv[3] == "shared"
SEEDS = 5

for line in sys.stdin:
    message = json.loads(line)
    draw = random.Random(message["seed"])
    one = draw.randrange(SEEDS)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=message["seed"]))
    for _ in range(message["runs"]):
        trial = study.ask()
        row = 0
        for axis, size in enumerate(sizes):
            row = row * size + trial.suggest_int(f"x{axis}", 0, size - 1)
        trial.set_user_attr("row", row)
        study.tell(trial, values[row * SEEDS + (one if shared else draw.randrange(SEEDS))])
    best = study.best_trial
    print(json.dumps({"row": best.user_attrs["row"], "reported": best.value}), flush=True)
