"""Optuna as a process that answers JSON lines: start, ask, tell, load and time."""

import json
import sys
import time

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

optuna.logging.set_verbosity(optuna.logging.ERROR)


def distribution(spec):
    if isinstance(spec, list):
        return CategoricalDistribution(spec)
    kind = spec["type"]
    if kind == "categorical":
        return CategoricalDistribution(spec["choices"])
    low, high, step = spec["low"], spec["high"], spec.get("step")
    if kind in ("int", "logint"):
        return IntDistribution(low, high, log=kind == "logint", step=step or 1)
    return FloatDistribution(low, high, log=kind == "loguniform", step=step)


def sampler(name, seed):
    if name == "tpe":
        return optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True, constant_liar=True)
    if name == "tpe-default":
        return optuna.samplers.TPESampler(seed=seed)
    if name == "cma-es":
        return optuna.samplers.CmaEsSampler(seed=seed)
    if name == "sobol":
        return optuna.samplers.QMCSampler(seed=seed, qmc_type="sobol")
    if name == "gp":
        from old_torch import allow_old_torch

        allow_old_torch()
        return optuna.samplers.GPSampler(seed=seed)
    return optuna.samplers.RandomSampler(seed=seed)


study = trial = space = None


def active(spec, params):
    condition = spec.get("if") if isinstance(spec, dict) else None
    return condition is None or all(params.get(name) == value for name, value in condition.items())


def suggest(trial):
    params = {}
    for name, spec in space.items():
        if not active(spec, params):
            continue
        d = distribution(spec)
        if isinstance(d, CategoricalDistribution):
            params[name] = trial.suggest_categorical(name, d.choices)
        elif isinstance(d, IntDistribution):
            params[name] = trial.suggest_int(name, d.low, d.high, log=d.log, step=d.step)
        else:
            params[name] = trial.suggest_float(name, d.low, d.high, log=d.log, step=d.step)
    return params


for line in sys.stdin:
    message = json.loads(line)
    op = message["op"]
    answer = {}
    if op == "start":
        space = message["space"]
        study = optuna.create_study(sampler=sampler(message["sampler"], message["seed"]))
        answer = {"version": optuna.__version__}
    elif op == "load":
        distributions = {name: distribution(spec) for name, spec in space.items()}
        study.add_trials(
            optuna.trial.create_trial(params=row["params"], distributions=distributions, value=row["value"])
            for row in message["trials"]
        )
    elif op == "ask":
        trial = study.ask()
        answer = {"params": suggest(trial)}
    elif op == "tell":
        study.tell(trial, message["value"])
    elif op == "time":
        times, cpu = [], []
        for value in message["values"]:
            begin, busy = time.perf_counter(), time.process_time()
            trial = study.ask()
            suggest(trial)
            study.tell(trial, value)
            times.append(1000 * (time.perf_counter() - begin))
            cpu.append(1000 * (time.process_time() - busy))
        answer = {"times": times, "cpu": cpu}
    print(json.dumps(answer), flush=True)
