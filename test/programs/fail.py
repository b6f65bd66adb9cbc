"""Fails in a way of its own. Usage: fail.py KIND"""
import ctypes
import faulthandler
import json
import os
import resource
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor


def load(path):
    with open(path) as file:
        return json.load(file)


def work(x):
    raise ValueError(f"schlechter Wert für größe: {x}")


def main(kind):
    if kind == "file":
        load("data/does-not-exist.json")
    elif kind == "chained":
        try:
            load("data/does-not-exist.json")
        except OSError as error:
            raise RuntimeError("the data set is incomplete") from error
    elif kind == "pool":
        with ProcessPoolExecutor(1) as pool:
            pool.submit(work, 3).result()
    elif kind == "group":
        raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])
    elif kind == "memory":
        resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
        bytearray(2_000_000_000)
    elif kind == "segfault":
        faulthandler.enable()
        ctypes.string_at(0)
    elif kind == "module":
        import a_module_that_nobody_has  # noqa: F401
    elif kind == "interrupt":
        os.kill(os.getpid(), 2)
    elif kind == "shell":
        sys.exit(subprocess.call("no-such-command-at-all", shell=True))
    elif kind == "arguments":
        import argparse

        parser = argparse.ArgumentParser()
        parser.add_argument("--lr")
        parser.parse_args(["--confg", "x"])


if __name__ == "__main__":
    main(sys.argv[1])
