"""Lets Optuna's GPSampler run with the torch that a distribution has."""

import contextlib
import types

import torch


def allow_old_torch():
    """GPSampler enters `torch.device("cpu")` as a context, which torch < 2 cannot; on a CPU machine it does nothing."""
    if int(torch.__version__.split(".")[0]) >= 2:
        return
    from optuna.samplers._gp import sampler as module

    old = types.ModuleType("torch")
    old.__getattr__ = lambda name: getattr(torch, name)
    old.device = lambda name: contextlib.nullcontext()
    module.torch = old
