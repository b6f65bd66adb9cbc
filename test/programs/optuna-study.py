"""What the real Optuna says of a storage, and storages that it writes itself: `read FILE` or `write FOLDER`."""
import json
import sys
import warnings

import optuna

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def read(file):
    storage = f"sqlite:///{file}"
    (summary,) = optuna.get_all_study_summaries(storage)
    study = optuna.load_study(study_name=summary.study_name, storage=storage)
    space = optuna.search_space.intersection_search_space(study.get_trials(deepcopy=False))
    print(
        json.dumps(
            {
                "name": study.study_name,
                "direction": study.direction.name,
                "best": {"number": study.best_trial.number, "value": study.best_value, "params": study.best_params},
                "space": {name: optuna.distributions.distribution_to_json(each) for name, each in space.items()},
                "trials": [
                    {
                        "number": trial.number,
                        "state": trial.state.name,
                        "value": trial.value,
                        "params": trial.params,
                        "intermediate": trial.intermediate_values,
                        "origin": trial.user_attrs.get("origin"),
                    }
                    for trial in study.trials
                ],
            }
        )
    )
    # A storage that Optuna can search on with.
    study.optimize(lambda trial: trial.suggest_float("learning_rate", 1e-4, 1e-1, log=True), n_trials=1)


def write(folder):
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    def objective(trial):
        lr = trial.suggest_float("learning_rate", 1e-4, 1e-1, log=True)
        dropout = trial.suggest_categorical("dropout", [0.0, 0.1, 0.2, 0.3, 0.4])
        if trial.number == 2:
            raise optuna.TrialPruned
        if trial.number == 3:
            raise RuntimeError("out of memory")
        return 0.7 + 0.1 * dropout + lr

    for storage in (f"sqlite:///{folder}/study.db", JournalStorage(JournalFileBackend(f"{folder}/study.log"))):
        sampler = optuna.samplers.RandomSampler(seed=1)
        study = optuna.create_study(study_name="mine", storage=storage, direction="maximize", sampler=sampler)
        study.optimize(objective, n_trials=6, catch=(RuntimeError,))
    complete = [t for t in study.trials if t.state.name == "COMPLETE"]
    print(json.dumps([{"params": t.params, "value": t.value} for t in complete]))


{"read": read, "write": write}[sys.argv[1]](sys.argv[2])
