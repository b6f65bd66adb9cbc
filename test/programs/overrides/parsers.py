"""Reads cases as JSON lines and prints what the real parser of each style makes of the arguments."""

import argparse
import ast
import copy
import functools
import importlib.util
import json
import math
import os
import sys
from typing import Any, Dict, List, Optional

import yaml


def tagged(value):
    """JSON that keeps apart 1 and 1.0, NaN and infinity, tuples and lists."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return {"$int": str(value)}
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, (list, tuple)):
        return [tagged(item) for item in value]
    return {"$map": {str(key): tagged(item) for key, item in value.items()}}


def at(config, path):
    for key in path[:-1]:
        config = config[int(key) if isinstance(config, list) else key]
    return config, path[-1]


def hydra_style(base, argv, case):
    from hydra._internal.config_loader_impl import ConfigLoaderImpl
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from omegaconf import OmegaConf

    config = OmegaConf.create(base)
    OmegaConf.set_struct(config, True)
    ConfigLoaderImpl._apply_overrides_to_config(OverridesParser.create().parse_overrides(argv), config)
    return OmegaConf.to_container(config, resolve=True)


def omegaconf_style(base, argv, case):
    from omegaconf import OmegaConf

    return OmegaConf.to_container(OmegaConf.merge(OmegaConf.create(base), OmegaConf.from_cli(argv)))


@functools.cache
def ultralytics_functions():
    """Its `key=value` reader, taken from the installed source: importing the package would take PyTorch and OpenCV."""
    spec = importlib.util.find_spec("ultralytics")
    path = os.path.join(spec.submodule_search_locations[0], "cfg", "__init__.py")
    tree = ast.parse(open(path, encoding="utf8").read())
    wanted = {"merge_equals_args", "parse_key_value_pair", "smart_value"}
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in wanted]
    for node in tree.body:
        node.returns = None
        for argument in node.args.args:
            argument.annotation = None
    scope = {"ast": ast, "contextlib": __import__("contextlib"), "Any": Any, "List": List}
    exec(compile(ast.fix_missing_locations(tree), path, "exec"), scope)
    return scope


def ultralytics_style(base, argv, case):
    scope = ultralytics_functions()
    for argument in scope["merge_equals_args"](list(argv)):
        key, value = scope["parse_key_value_pair"](argument)
        base[key] = value
    return base


def sacred_style(base, argv, case):
    from sacred.arg_parser import get_config_updates
    from sacred.config.utils import recursive_fill_in

    updates, _ = get_config_updates(argv)

    def merge(into, new):
        for key, value in new.items():
            if isinstance(value, dict) and isinstance(into.get(key), dict):
                merge(into[key], value)
            else:
                into[key] = value

    merge(base, updates)
    return base


def yacs_style(base, argv, case):
    from yacs.config import CfgNode

    config = CfgNode(base, new_allowed=True)
    config.merge_from_list(argv)

    def plain(value):
        return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value

    return plain(config)


def mmengine_style(base, argv, case):
    from mmengine.config import Config, DictAction

    parser = argparse.ArgumentParser()
    parser.add_argument("--cfg-options", nargs="+", action=DictAction)
    options = parser.parse_args(argv).cfg_options
    config = Config(base)
    if options is not None:
        config.merge_from_dict(options)
    return config.to_dict()


def literal_style(base, argv, case):
    """The configurator of nanoGPT: `--key=value`, a Python literal or else text."""
    for argument in argv:
        assert argument.startswith("--")
        key, text = argument[2:].split("=", 1)
        try:
            value = ast.literal_eval(text)
        except (SyntaxError, ValueError):
            value = text
        container, last = at(base, key.split("."))
        container[last] = value
    return base


TYPES = {
    "float": float,
    "int": int,
    "bool": bool,
    "str": str,
    "floats": List[float],
    "ints": List[int],
    "strs": List[str],
    "nested": List[List[float]],
    "float?": Optional[float],
    "str?": Optional[str],
    "dict": Dict[str, float],
}


def typed_parser(base, case, **options):
    from jsonargparse import ArgumentParser

    parser = ArgumentParser(exit_on_error=False, **options)
    for name, kind in case["types"].items():
        container, last = at(base, name.split("."))
        parser.add_argument("--" + name, type=TYPES[kind], default=container[last])
    return parser


def jsonargparse_style(base, argv, case):
    return typed_parser(base, case).parse_args(argv).as_dict()


def environment_style(base, argv, case):
    os.environ.update(case["environment"])
    try:
        return typed_parser(base, case, default_env=True, env_prefix="APP").parse_args([]).as_dict()
    finally:
        for name in case["environment"]:
            del os.environ[name]


def argparse_style(base, argv, case):
    parser = argparse.ArgumentParser()
    for key, (kind, flag) in case["types"].items():
        default = base[key]
        if kind == "switch":
            parser.add_argument(flag, dest=key, action="store_true")
        elif kind == "switch-off":
            parser.add_argument(flag, dest=key, action="store_false")
        elif kind == "pair":
            parser.add_argument(flag, dest=key, action=argparse.BooleanOptionalAction, default=default)
        elif kind == "truthy":
            parser.add_argument(flag, dest=key, type=bool, default=default)
        elif kind in ("floats", "strs"):
            parser.add_argument(flag, dest=key, type=float if kind == "floats" else str, nargs="*", default=default)
        elif kind == "repeat":
            parser.add_argument(flag, dest=key, type=int, action="append")
        elif kind == "data":
            parser.add_argument(flag, dest=key, type=yaml.safe_load, default=default)
        else:
            parser.add_argument(flag, dest=key, type=TYPES[kind], default=default)
    return vars(parser.parse_args(argv))


STYLES = {
    "hydra": hydra_style,
    "omegaconf": omegaconf_style,
    "ultralytics": ultralytics_style,
    "sacred": sacred_style,
    "yacs": yacs_style,
    "mmengine": mmengine_style,
    "literal": literal_style,
    "jsonargparse": jsonargparse_style,
    "environment": environment_style,
    "argparse": argparse_style,
}

for line in sys.stdin:
    case = json.loads(line)
    try:
        base = yaml.safe_load(case["base"])
        result = {"value": tagged(STYLES[case["style"]](copy.deepcopy(base), case["argv"], case))}
    except (Exception, SystemExit) as error:
        result = {"error": f"{type(error).__name__}: {error}"[:300]}
    print(json.dumps(result), flush=True)
