"""The fourth set: other tasks, other libraries, other ways to log. Real trainings with PyTorch and scikit-learn on the data
sets that come with scikit-learn. Writes one folder a case: the log in the form that its library writes, the config, and
`case.json` with the issues that are right, which were written down before any rule saw a curve of this set.
Usage: python3 bench/diagnosis/tasks/train.py FOLDER [SEED]"""
import csv, json, math, os, sys
import numpy as np
import torch
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine, make_classification
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.metrics import log_loss, roc_auc_score

OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
torch.set_num_threads(1)


def save(name, accept, log, config=None, target=None, metric=None, rows=None, text=None):
    folder = os.path.join(OUT, name)
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, log)
    if text is not None:
        open(path, "w").write(text)
    elif log.endswith(".jsonl"):
        open(path, "w").write("".join(json.dumps(row) + "\n" for row in rows))
    else:
        names = list(dict.fromkeys(key for row in rows for key in row))
        with open(path, "w", newline="") as file:
            writer = csv.DictWriter(file, names, restval="")
            writer.writeheader()
            writer.writerows(rows)
    json.dump(config or {}, open(os.path.join(folder, "config.json"), "w"), indent=2)
    case = {"log": log, "accept": accept, "target": target, "metric": metric, "hasConfig": config is not None}
    json.dump(case, open(os.path.join(folder, "case.json"), "w"))


def split(data, train, val, scale=True):
    rng = np.random.default_rng(SEED)
    order = rng.permutation(len(data.target))
    x, y = data.data[order].astype(np.float32), data.target[order]
    if scale:
        x = (x - x[:train].mean(0)) / (x[:train].std(0) + 1e-6)
    return (x[:train], y[:train]), (x[-val:], y[-val:])


def net(sizes, dropout=0.0, activation=torch.nn.ReLU):
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers.append(torch.nn.Linear(a, b))
        if i < len(sizes) - 2:
            layers += [activation(), torch.nn.Dropout(dropout)]
    return torch.nn.Sequential(*layers)


def fit(train, val, *, hidden=(64,), epochs=30, batch=32, lr=1e-3, optimizer="adam", momentum=0.9, wd=0.0, dropout=0.0,
        schedule=None, patience=None, task="class", activation=torch.nn.ReLU, model=None, norms=False, auc=False):
    torch.manual_seed(SEED)
    (x, y), (xv, yv) = [(torch.tensor(a), torch.tensor(b, dtype=torch.long if task == "class" else torch.float32))
                        for a, b in (train, val)]
    outputs = int(max(y.max(), yv.max())) + 1 if task == "class" else 1
    model = model or net((x.shape[1], *hidden, outputs), dropout, activation)
    opt = (torch.optim.SGD(model.parameters(), lr, momentum=momentum, weight_decay=wd) if optimizer == "sgd"
           else torch.optim.AdamW(model.parameters(), lr, weight_decay=wd))
    loss_of = torch.nn.functional.cross_entropy if task == "class" else (lambda out, t: ((out[:, 0] - t) ** 2).mean())
    history, best, since = [], None, 0
    for epoch in range(epochs):
        model.train()
        rate = lr if schedule is None else lr * schedule(epoch)
        for group in opt.param_groups:
            group["lr"] = rate
        order, total, right, norm = torch.randperm(len(x)), 0.0, 0, 0.0
        for at in range(0, len(x), batch):
            part = order[at:at + batch]
            out = model(x[part])
            loss = loss_of(out, y[part])
            opt.zero_grad()
            loss.backward()
            norm = float(torch.sqrt(sum((p.grad ** 2).sum() for p in model.parameters() if p.grad is not None)))
            opt.step()
            total += float(loss) * len(part)
            if task == "class":
                right += int((out.argmax(1) == y[part]).sum())
        model.eval()
        with torch.no_grad():
            out = model(xv)
            row = {"epoch": epoch + 1, "lr": rate, "loss": total / len(x), "val_loss": float(loss_of(out, yv))}
            if task == "class":
                row["acc"], row["val_acc"] = right / len(x), float((out.argmax(1) == yv).float().mean())
            else:
                row["mae"] = float((model(x)[:, 0] - y).abs().mean())
                row["val_mae"] = float((out[:, 0] - yv).abs().mean())
            if auc:
                row["val_auc"] = roc_auc_score(yv, out[:, 1]) if torch.isfinite(out).all() else float("nan")
                row["auc"] = roc_auc_score(y, model(x)[:, 1])
            if norms:
                row["grad_norm"] = norm
        history.append(row)
        if best is None or row["val_loss"] < best:
            best, since = row["val_loss"], 0
        else:
            since += 1
        if patience is not None and since >= patience:
            break
    return history, model


keras = lambda rows: [{"epoch": r["epoch"] - 1, "accuracy": r["acc"], "loss": r["loss"], "val_accuracy": r["val_acc"],
                       "val_loss": r["val_loss"]} for r in rows]
plain = lambda rows: [{"epoch": r["epoch"], "train_loss": r["loss"], "train_acc": r["acc"], "val_loss": r["val_loss"],
                       "val_acc": r["val_acc"], "lr": r["lr"]} for r in rows]
losses = lambda rows: [{"epoch": r["epoch"], "train_loss": r["loss"], "val_loss": r["val_loss"]} for r in rows]
cosine = lambda epochs, warm=0: lambda e: (e + 1) / warm if e < warm else 0.5 * (1 + math.cos(math.pi * (e - warm) / (epochs - warm)))

digits, wine, cancer, diabetes = load_digits(), load_wine(), load_breast_cancer(), load_diabetes()
diabetes.target = ((diabetes.target - 152) / 77).astype(np.float32)
D = split(digits, 1000, 600)
few = lambda n, d=D: ((d[0][0][:n], d[0][1][:n]), d[1])
cfg = lambda **more: {"optimizer": "adamw", "lr": 1e-3, "batch_size": 32, "epochs": 30, "hidden_sizes": [64], "dropout": 0.1,
                      "weight_decay": 0.01, **more}

# sound ones
rows, _ = fit(*D, dropout=0.1, wd=0.01)
save("sound-keras-csv", ["healthy"], "training.csv", cfg(), 0.94, "val_accuracy", keras(rows))
rows, _ = fit(*D, dropout=0.1, wd=0.01, schedule=cosine(30, 3))
save("sound-warmup-cosine", ["healthy"], "metrics.jsonl", cfg(scheduler="cosine", warmup_epochs=3), 0.94, "val_acc", plain(rows))
rows, _ = fit(*D, dropout=0.1, wd=0.01, epochs=40, lr=2e-3, schedule=lambda e: 0.5 * (1 + math.cos(math.pi * (e % 10) / 10)))
save("sound-warm-restarts", ["healthy"], "metrics.jsonl", cfg(lr=2e-3, epochs=40, scheduler="cosine_restarts"), None, "val_acc", plain(rows))
rows, _ = fit(*D, dropout=0.1, wd=0.01, epochs=200, patience=8)
save("sound-stopped-at-patience", ["healthy"], "metrics.jsonl", cfg(epochs=200, early_stopping={"patience": 8}), 0.94, "val_acc", plain(rows))
rows, _ = fit(*D, dropout=0.1, wd=0.01)
save("sound-resumed-log", ["healthy"], "metrics.jsonl", cfg(), 0.94, "val_acc", plain(rows[:16]) + plain(rows[13:]))
C = split(cancer, 350, 200)
rows, _ = fit(*C, hidden=(16,), epochs=30, wd=0.1, auc=True)
save("sound-cancer-auc", ["healthy"], "log.csv", {"optimizer": "adamw", "lr": 1e-3, "weight_decay": 0.1, "epochs": 30}, 0.98, "val_auc",
     [{"epoch": r["epoch"], "train_auc": r["auc"], "val_auc": r["val_auc"], "train_loss": r["loss"], "val_loss": r["val_loss"]} for r in rows])
x, y = make_classification(4000, 20, n_informative=6, weights=[0.97], class_sep=1.2, random_state=SEED)
I = ((x[:2500].astype(np.float32), y[:2500]), (x[2500:].astype(np.float32), y[2500:]))
rows, _ = fit(*I, hidden=(32,), epochs=15, wd=0.05, dropout=0.2, auc=True)
save("sound-imbalanced-auc", ["healthy"], "log.csv", {"optimizer": "adamw", "lr": 1e-3, "epochs": 15, "dropout": 0.2}, 0.85, "val_auc",
     [{"epoch": r["epoch"], "train_auc": r["auc"], "val_auc": r["val_auc"], "val_acc": r["val_acc"], "train_loss": r["loss"], "val_loss": r["val_loss"]} for r in rows])
R = split(diabetes, 300, 140)
rows, _ = fit(*R, hidden=(8,), epochs=40, lr=3e-3, wd=0.1, task="value")
save("sound-regression-losses-only", ["healthy"], "history.csv", {"optimizer": "adamw", "lr": 3e-3, "weight_decay": 0.1, "epochs": 40}, None, "val_loss", losses(rows))
# thousands of steps of training loss, a few evaluations
torch.manual_seed(SEED)
rows, _ = fit(*D, dropout=0.1, wd=0.01)
steps = []
rng = np.random.default_rng(SEED)
for i, r in enumerate(rows):
    before = rows[i - 1]["loss"] if i else 2.3
    for s in range(100):
        level = before + (r["loss"] - before) * s / 100
        steps.append({"step": i * 100 + s + 1, "train_loss": level * math.exp(rng.normal(0, 0.35))})
    if i % 5 == 4:
        steps.append({"step": (i + 1) * 100, "val_loss": r["val_loss"], "val_acc": r["val_acc"]})
save("sound-steps", ["healthy"], "metrics.jsonl", cfg(), 0.94, "val_acc", steps)

# faults
rows, _ = fit(*few(120), hidden=(256,), epochs=60)
save("overfit-keras-csv", ["overfitting"], "training.csv", cfg(dropout=0.0, weight_decay=0.0, epochs=60), 0.95, "val_accuracy", keras(rows))
rows, _ = fit(*D, lr=2.0, optimizer="sgd")
save("lr-high-sgd", ["learning-rate-too-high", "diverged"], "metrics.jsonl", cfg(optimizer="sgd", lr=2.0, momentum=0.9), 0.94, "val_acc", plain(rows))
rows, _ = fit(*D, lr=0.1)
save("lr-high-adam", ["learning-rate-too-high", "diverged"], "training.csv", cfg(lr=0.1), 0.95, "val_accuracy", keras(rows))
rows, _ = fit(*D, lr=1e-5)
save("lr-low-adam", ["learning-rate-too-low"], "metrics.jsonl", cfg(lr=1e-5), 0.94, "val_acc", plain(rows))
rows, _ = fit(*D, epochs=3, lr=5e-4)
save("three-epochs", ["stopped-too-early"], "metrics.jsonl", cfg(epochs=3, lr=5e-4), 0.94, "val_acc", plain(rows))
rows, _ = fit(*D, hidden=(2,), lr=3e-3, epochs=60)
save("two-units", ["underfitting"], "training.csv", cfg(hidden_sizes=[2], epochs=60, lr=3e-3), 0.94, "val_accuracy", keras(rows))
rows, _ = fit(*D, dropout=0.95)
save("dropout-095", ["underfitting"], "metrics.jsonl", cfg(dropout=0.95), 0.94, "val_acc", plain(rows))
rows, _ = fit(*D, batch=1000)
save("full-batch", ["learning-rate-too-low", "stopped-too-early"], "metrics.jsonl", cfg(batch_size=1000, train_size=1000), 0.94, "val_acc", plain(rows))
noisy = D[0][1].copy()
flip = np.random.default_rng(SEED).random(len(noisy)) < 0.35
noisy[flip] = np.random.default_rng(SEED + 1).integers(0, 10, flip.sum())
rows, _ = fit((D[0][0], noisy), D[1], hidden=(256,), epochs=60)
save("wrong-labels", ["overfitting"], "metrics.jsonl", cfg(dropout=0.0, epochs=60), 0.94, "val_acc", plain(rows))
W = split(wine, 120, 18)
rows, _ = fit(*W, hidden=(16,), epochs=30, batch=8, lr=3e-3)
save("18-validation-examples", ["noisy-validation"], "metrics.jsonl", {"optimizer": "adamw", "lr": 3e-3, "epochs": 30, "val_size": 18}, None, "val_acc", plain(rows))
rows, _ = fit(*few(80, R), hidden=(256, 256), epochs=150, task="value")
save("overfit-regression-losses-only", ["overfitting", "trained-too-long"], "history.csv", {"optimizer": "adamw", "lr": 1e-3, "epochs": 150, "weight_decay": 0.0, "dropout": 0.0}, None, "val_loss", losses(rows))
rows, _ = fit(*R, hidden=(16,), epochs=40, lr=2e-5, task="value")
save("lr-low-regression", ["learning-rate-too-low", "stopped-too-early"], "history.csv", {"optimizer": "adamw", "lr": 2e-5, "epochs": 40}, 0.55, "val_loss", losses(rows))
rows, _ = fit(*R, hidden=(256, 256), epochs=100, task="value")
save("overfit-mae", ["overfitting", "trained-too-long"], "log.csv", {"optimizer": "adamw", "lr": 1e-3, "epochs": 100, "dropout": 0.0}, 0.5, "val_mae",
     [{"epoch": r["epoch"], "train_mae": r["mae"], "val_mae": r["val_mae"]} for r in rows])
rows, _ = fit(*D, hidden=(32,) * 8, activation=torch.nn.Sigmoid, lr=1e-2, optimizer="sgd", norms=True)
save("deep-sigmoid", ["vanishing-gradients", "stalled"], "metrics.jsonl", cfg(optimizer="sgd", lr=1e-2, activation="sigmoid", hidden_sizes=[32] * 8), 0.94, "val_acc",
     [{**p, "grad_norm": r["grad_norm"]} for p, r in zip(plain(rows), rows)])
big = net((64, 64, 64, 10))
for p in big.parameters():
    p.data *= 12
rows, _ = fit(*D, model=big, lr=0.02, optimizer="sgd", norms=True)
save("exploding", ["exploding-gradients", "diverged"], "metrics.jsonl", cfg(optimizer="sgd", lr=0.02, gradient_clip=None), 0.94, "val_acc",
     [{**p, "grad_norm": r["grad_norm"]} for p, r in zip(plain(rows), rows)])
# fine-tuning: learned already, then a small set is fitted for long; best at the first epochs
_, model = fit(*D, epochs=20, wd=0.01)
rows, _ = fit((D[0][0][:60], D[0][1][:60]), D[1], model=model, epochs=30, lr=3e-3)
history = [x for r in rows for x in ({"epoch": r["epoch"], "loss": r["loss"], "step": r["epoch"] * 2, "learning_rate": 3e-3},
           {"epoch": r["epoch"], "eval_loss": r["val_loss"], "eval_accuracy": r["val_acc"], "step": r["epoch"] * 2})]
save("fine-tuned-too-long", ["overfitting", "trained-too-long"], "trainer_state.json", {"learning_rate": 3e-3, "num_train_epochs": 30}, None, "eval_loss",
     text=json.dumps({"log_history": history, "global_step": 60, "epoch": 30.0, "max_steps": 60, "num_train_epochs": 30}))
# grokking: modular addition, fitted at once, understood later; here it is cut off while validation rises
p = 23
pairs = np.array([(a, b) for a in range(p) for b in range(p)])
order = np.random.default_rng(SEED).permutation(len(pairs))
hot = np.concatenate([np.eye(p)[pairs[order, 0]], np.eye(p)[pairs[order, 1]]], 1).astype(np.float32)
label = (pairs.sum(1) % p)[order]
cut = int(0.6 * len(hot))
rows, _ = fit((hot[:cut], label[:cut]), (hot[cut:], label[cut:]), hidden=(128,), epochs=250, lr=3e-3, wd=1.0)
save("grokking", ["overfitting", "stopped-too-early"], "metrics.jsonl", {"optimizer": "adamw", "lr": 3e-3, "weight_decay": 1.0, "epochs": 250}, 0.99, "val_acc", plain(rows))

# boosted trees, as XGBoost prints them
def boost(name, accept, data, train, val, target, loss, **params):
    (a, b), (c, d) = split(data, train, val, scale=False)
    kind = GradientBoostingRegressor if loss == "rmse" else GradientBoostingClassifier
    model = kind(random_state=SEED, **params).fit(a, b)
    rmse = lambda true, found: float(np.sqrt(np.mean((true - found) ** 2)))
    staged = ((model.staged_predict if loss == "rmse" else model.staged_predict_proba)(part) for part in (a, c))
    measure = rmse if loss == "rmse" else (lambda true, found: float(log_loss(true, found)))
    lines = [f"[{i}]\ttrain-{loss}:{measure(b, t):.5f}\teval-{loss}:{measure(d, v):.5f}" for i, (t, v) in enumerate(zip(*staged))]
    config = {"eta": params["learning_rate"], "max_depth": params["max_depth"], "num_boost_round": params["n_estimators"], "subsample": params.get("subsample", 1.0)}
    save(name, accept, "train.log", config, target, f"eval-{loss}", text="\n".join(lines) + "\n")

boost("boost-overfit-regression", ["overfitting", "trained-too-long"], diabetes, 300, 140, None, "rmse", learning_rate=0.3, max_depth=7, n_estimators=150)
boost("boost-few-rounds", ["stopped-too-early", "learning-rate-too-low", "underfitting"], diabetes, 300, 140, 0.75, "rmse", learning_rate=0.02, max_depth=3, n_estimators=25)
boost("boost-sound-regression", ["healthy"], diabetes, 300, 140, 0.85, "rmse", learning_rate=0.05, max_depth=2, n_estimators=80, subsample=0.7)
boost("boost-sound-classes", ["healthy"], cancer, 380, 180, 0.2, "logloss", learning_rate=0.1, max_depth=2, n_estimators=60, subsample=0.7)

# a language model by characters; perplexity, where lower is better
text = __import__("codecs").decode(__import__("this").s, "rot13")
letters = sorted(set(text))
ids = np.array([letters.index(c) for c in text])
window = 8
X = np.stack([np.eye(len(letters), dtype=np.float32)[ids[i:i + window]].ravel() for i in range(len(ids) - window)])
Y = ids[window:]
rows, _ = fit((X[:600], Y[:600]), (X[600:], Y[600:]), hidden=(128,), epochs=40)
save("perplexity-overfit", ["overfitting", "trained-too-long"], "metrics.jsonl", {"optimizer": "adamw", "lr": 1e-3, "dropout": 0.0, "epochs": 40}, None, "val_ppl",
     [{"epoch": r["epoch"], "train_ppl": math.exp(r["loss"]), "val_ppl": math.exp(min(50, r["val_loss"]))} for r in rows])

# one side only, and two players: nothing can be said
rows, _ = fit(*D, wd=0.01)
save("train-side-only", ["undetermined"], "metrics.jsonl", cfg(), None, None, [{"epoch": r["epoch"], "train_loss": r["loss"], "train_acc": r["acc"]} for r in rows])
save("validation-side-only", ["undetermined"], "metrics.jsonl", cfg(), 0.995, "val_acc", [{"epoch": r["epoch"], "val_acc": r["val_acc"]} for r in rows])
wave = lambda e, f: 0.7 + 0.2 * math.sin(f * e) + float(rng.normal(0, 0.1))
save("two-players", ["undetermined"], "metrics.jsonl", {"lr": 2e-4, "epochs": 80}, None, None, [{"epoch": e, "g_loss": wave(e, 0.3) + 0.5, "d_loss": wave(e, 0.31)} for e in range(1, 81)])
