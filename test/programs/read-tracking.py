"""Reads runs back as their users would: with MLflow's own client, or TensorBoard's EventAccumulator.

read-tracking.py mlflow URI EXPERIMENT    |    read-tracking.py tensorboard FOLDER
"""

import json
import math
import os
import sys


def number(value):
    return value if math.isfinite(value) else str(value)


def mlflow_runs(uri, experiment):
    from mlflow import MlflowClient
    from mlflow.entities import ViewType

    client = MlflowClient(uri)
    found = client.get_experiment_by_name(experiment)
    runs = []
    token = None
    while found is not None:
        page = client.search_runs([found.experiment_id], run_view_type=ViewType.ACTIVE_ONLY, page_token=token)
        for run in page:
            metrics = {
                key: [[m.step, number(m.value)] for m in client.get_metric_history(run.info.run_id, key)]
                for key in run.data.metrics
            }
            artifacts = []
            folders = [""]
            while folders:
                for item in client.list_artifacts(run.info.run_id, folders.pop() or None):
                    (folders if item.is_dir else artifacts).append(item.path)
            runs.append(
                {
                    "id": run.info.run_id,
                    "name": run.info.run_name,
                    "status": run.info.status,
                    "params": run.data.params,
                    "tags": run.data.tags,
                    "metrics": metrics,
                    "artifacts": sorted(artifacts),
                }
            )
        token = page.token
        if not token:
            break
    return runs


def tensorboard_runs(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.plugins.hparams import plugin_data_pb2

    runs = []
    for path, _, files in os.walk(folder):
        if not any("tfevents" in name for name in files):
            continue
        events = EventAccumulator(path, size_guidance={"scalars": 0, "tensors": 0, "images": 0}).Reload()
        tags = events.Tags()
        hparams = {}
        for tag, content in events.summary_metadata.items():
            if tag == "_hparams_/session_start_info":
                data = plugin_data_pb2.HParamsPluginData.FromString(content.plugin_data.content)
                for name, value in data.session_start_info.hparams.items():
                    hparams[name] = getattr(value, value.WhichOneof("kind"))
        texts = {}
        for tag in tags["tensors"]:
            tensor = events.Tensors(tag)[-1].tensor_proto
            if tensor.string_val:
                texts[tag] = tensor.string_val[0].decode()
        runs.append(
            {
                "name": os.path.relpath(path, folder),
                "metrics": {
                    tag: [[e.step, number(e.value)] for e in events.Scalars(tag)] for tag in tags["scalars"]
                },
                "hparams": hparams,
                "texts": texts,
                "images": tags["images"],
            }
        )
    return sorted(runs, key=lambda run: run["name"])


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    print(json.dumps(mlflow_runs(*rest) if kind == "mlflow" else tensorboard_runs(*rest)))
