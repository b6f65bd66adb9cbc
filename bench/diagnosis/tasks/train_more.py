"""The fifth set: PyTorch trainings on generated data and on data that come with scikit-learn, with configs whose keys are
named in many ways. One folder a case: the log (CSV, JSON lines or printed lines in turn), the config, and `case.json` with
the issues that are right, which were written down before any rule saw a curve of this set.
Usage: python3 bench/diagnosis/tasks/train_more.py FOLDER [SEED]"""

import csv, json, os, sys
import numpy as np, torch
from torch import nn
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.datasets import make_classification, make_friedman1, make_moons

OUT, SEED = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
torch.set_num_threads(1)


def norm(tr, *rest):
    m, s = tr.mean(0), tr.std(0) + 1e-8
    return [((a - m) / s).astype("float32") for a in (tr, *rest)]


def split(X, y, ntr, nva, s=0):
    r = np.random.RandomState(s).permutation(len(X))
    return X[r[:ntr]], y[r[:ntr]], X[r[ntr : ntr + nva]], y[r[ntr : ntr + nva]]


def digits(ntr=1000, nva=600, raw=False):
    X, y = load_digits(return_X_y=True)
    a = split(X, y, ntr, nva)
    if raw:
        return a[0].astype("float32"), a[1], a[2].astype("float32"), a[3]
    return (a[0] / 16).astype("float32"), a[1], (a[2] / 16).astype("float32"), a[3]


def mlp(i, o, width=64, depth=1, act=nn.ReLU, drop=0.0):
    L = []
    d = i
    for _ in range(depth):
        L += [nn.Linear(d, width), act()] + ([nn.Dropout(drop)] if drop else [])
        d = width
    return nn.Sequential(*L, nn.Linear(d, o))


class CNN(nn.Module):
    def __init__(self, ch=16, drop=0.0):
        super().__init__()
        self.f = nn.Sequential(
            nn.Unflatten(1, (1, 8, 8)),
            nn.Conv2d(1, ch, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(ch, 2 * ch, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Dropout(drop),
            nn.Linear(8 * ch, 10),
        )

    def forward(self, x):
        return self.f(x)


class RNN(nn.Module):
    def __init__(self, kind, h):
        super().__init__()
        self.r = (nn.GRU if kind == "gru" else nn.RNN)(2, h, batch_first=True)
        self.o = nn.Linear(h, 1)

    def forward(self, x):
        return self.o(self.r(x)[0][:, -1])


def adding(n, T=20, s=0):
    r = np.random.RandomState(s)
    v = r.rand(n, T)
    m = np.zeros((n, T))
    for i in range(n):
        a, b = r.choice(T, 2, False)
        m[i, a] = m[i, b] = 1
    return np.stack([v, m], 2).astype("float32"), (v * m).sum(1, keepdims=True).astype("float32")


def train(net, opt, data, epochs, batch, task="cls", sched=None, patience=None, noise=0.0, clip=None):
    Xtr, ytr, Xva, yva = [torch.tensor(a) for a in data]
    if task == "cls":
        ytr, yva = ytr.long(), yva.long()
    lossf = nn.CrossEntropyLoss() if task == "cls" else nn.MSELoss()
    rows = []
    best = None
    bad = 0
    for ep in range(epochs):
        net.train()
        p = torch.randperm(len(Xtr))
        tot = 0
        hit = 0
        for i in range(0, len(p), batch):
            b = p[i : i + batch]
            xb = Xtr[b]
            if noise:
                xb = xb + noise * torch.randn_like(xb)
            o = net(xb)
            l = lossf(o, ytr[b])
            opt.zero_grad()
            l.backward()
            if clip:
                nn.utils.clip_grad_norm_(net.parameters(), clip)
            opt.step()
            tot += l.item() * len(b)
            if task == "cls":
                hit += (o.argmax(1) == ytr[b]).sum().item()
        lr = opt.param_groups[0]["lr"]
        if sched:
            sched.step()
        net.eval()
        with torch.no_grad():
            o = net(Xva)
            vl = lossf(o, yva).item()
            row = dict(epoch=ep + 1, train_loss=tot / len(p), val_loss=vl)
            if task == "cls":
                row.update(train_acc=hit / len(p), val_acc=(o.argmax(1) == yva).float().mean().item())
        row["lr"] = lr
        rows.append(row)
        m = row.get("val_acc", -vl)
        if patience is not None:
            if best is None or m > best:
                best = m
                bad = 0
            else:
                bad += 1
                if bad >= patience:
                    break
    return rows


CASES = {}


def case(name, expected, metric, target):
    def deco(f):
        CASES[name] = (f, expected, metric, target)
        return f

    return deco


optim = torch.optim


@case("wine sgd unnamed low lr", {"learning-rate-too-low"}, "val_acc", 0.95)
def make():
    X, y = load_wine(return_X_y=True)
    a, b, c, d = split(X, y, 107, 71)
    a, c = norm(a, c)
    n = mlp(13, 3, 8)
    return train(n, optim.SGD(n.parameters(), 1e-3), (a, b, c, d), 10, 64), {
        "run": {"epochs": 10, "seed": SEED},
        "net": {"width": 8, "dropout": 0.0},
        "opt": {"lr": 1e-3, "momentum": 0.0, "batch": 64},
    }


@case("cnn adam lr .05", {"learning-rate-too-high", "diverged"}, "val_acc", 0.95)
def make():
    n = CNN()
    return train(n, optim.Adam(n.parameters(), 0.05), digits(), 20, 32), {
        "model": "cnn",
        "channels": 16,
        "lr": 0.05,
        "optimizer": "adam",
        "epochs": 20,
        "batch_size": 32,
    }


@case("moons huge net", {"overfitting", "trained-too-long"}, "val_acc", 0.9)
def make():
    X, y = make_moons(500, noise=0.35, random_state=1)
    a = split(X.astype("float32"), y, 80, 400)
    n = mlp(2, 2, 512, 3)
    return train(n, optim.Adam(n.parameters(), 1e-3), a, 200, 16), {
        "model": {"hidden": [512, 512, 512], "dropout": 0.0},
        "train": {"max_epochs": 200, "lr": 1e-3, "batch": 16},
        "optim": {"name": "Adam", "weight_decay": 0},
    }


@case("digits 100 examples", {"overfitting"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 256, 2)
    return train(n, optim.Adam(n.parameters(), 1e-3), digits(100, 600), 60, 16), {
        "data": {"n_train": 100, "n_val": 600},
        "model": {"width": 256, "layers": 2, "p_drop": 0.0},
        "solver": {"type": "adam", "base_lr": 1e-3},
        "epochs": 60,
    }


@case("gru 3 epochs", {"stopped-too-early"}, "val_loss", 0.01)
def make():
    a, b = adding(4000)
    c, d = adding(1000, s=1)
    n = RNN("gru", 48)
    return train(n, optim.Adam(n.parameters(), 4e-3), (a, b, c, d), 6, 32, "reg"), {
        "rnn": {"cell": "gru", "hidden_size": 48},
        "learning_rate": 4e-3,
        "num_epochs": 6,
        "optimizer": "Adam",
    }


@case("sigmoid 8 deep", {"vanishing-gradients", "stalled", "underfitting", "learning-rate-too-low"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 64, 8, nn.Sigmoid)
    return train(n, optim.SGD(n.parameters(), 0.05, momentum=0.9), digits(), 20, 32), {
        "net": {"depth": 8, "width": 64, "activation": "sigmoid"},
        "sgd": {"lr": 0.05, "momentum": 0.9},
        "epochs": 20,
    }


@case("sin by a line", {"underfitting"}, "val_loss", 0.02)
def make():
    r = np.random.RandomState(0)
    x = r.uniform(-3, 3, (900, 1)).astype("float32")
    y = np.sin(2 * x).astype("float32")
    n = nn.Linear(1, 1)
    return train(n, optim.Adam(n.parameters(), 0.01), (x[:600], y[:600], x[600:], y[600:]), 60, 32, "reg"), {
        "model": {"kind": "linear"},
        "optimizer": {"name": "adam", "lr": 0.01},
        "epochs": 60,
    }


@case("autoencoder bottleneck 1", {"underfitting"}, "val_loss", 0.02)
def make():
    a, b, c, d = digits()
    n = nn.Sequential(
        nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1), nn.ReLU(), nn.Linear(1, 64), nn.ReLU(), nn.Linear(64, 64)
    )
    return train(n, optim.Adam(n.parameters(), 1e-3), (a, a, c, c), 40, 32, "reg"), {
        "ae": {"encoder": [64], "latent_dim": 1},
        "lr": 1e-3,
        "epochs": 40,
        "optimizer": "adam",
    }


@case("rnn no clip lr .5", {"exploding-gradients", "diverged", "learning-rate-too-high"}, "val_loss", 0.05)
def make():
    a, b = adding(1500)
    c, d = adding(500, s=1)
    n = RNN("rnn", 32)
    return train(n, optim.SGD(n.parameters(), 0.5, momentum=0.9), (a, b, c, d), 15, 32, "reg"), {
        "hidden": 32,
        "lr": 0.5,
        "momentum": 0.9,
        "clip_grad": None,
        "epochs": 15,
        "optimizer": "sgd",
    }


@case("dropout .9", {"underfitting"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 64, 2, nn.ReLU, 0.9)
    return train(n, optim.Adam(n.parameters(), 1e-3), digits(), 60, 32), {
        "hidden_dims": [64, 64],
        "dropout_rate": 0.9,
        "lr": 1e-3,
        "n_epochs": 60,
        "optim": "adam",
    }


@case("weight decay .3", {"underfitting"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 64, 1)
    return train(n, optim.Adam(n.parameters(), 1e-3, weight_decay=0.3), digits(), 40, 32), {
        "hidden": 64,
        "weight_decay": 0.3,
        "lr": 1e-3,
        "epochs": 40,
        "optimizer": "adam",
    }


@case("batch 1000 few steps", {"learning-rate-too-low", "stopped-too-early"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 64, 1)
    return train(n, optim.SGD(n.parameters(), 0.05, momentum=0.9), digits(), 20, 1000), {
        "data": {"train_samples": 1000, "val_samples": 600},
        "training": {"batch_size": 1000, "epochs": 20},
        "optimizer": {"name": "sgd", "lr": 0.05, "momentum": 0.9},
    }


@case("val of 20", {"noisy-validation"}, "val_acc", 0.98)
def make():
    n = mlp(64, 10, 64, 1)
    return train(n, optim.Adam(n.parameters(), 3e-3), digits(600, 20), 25, 32, noise=0.25), {
        "data": {"train_samples": 600, "val_samples": 20},
        "lr": 3e-3,
        "epochs": 25,
        "optimizer": "adam",
        "hidden": 64,
    }


@case("patience 1", {"stopped-too-early"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 32, 1)
    return train(n, optim.Adam(n.parameters(), 5e-4), digits(400, 300), 100, 32, patience=1), {
        "hidden": 32,
        "lr": 5e-4,
        "epochs": 100,
        "early_stopping": {"patience": 1, "monitor": "val_acc"},
        "optimizer": "adam",
    }


@case("healthy cnn", {"healthy"}, "val_acc", 0.95)
def make():
    n = CNN(16)
    return train(n, optim.Adam(n.parameters(), 2e-3), digits(), 25, 32), {
        "channels": 16,
        "lr": 2e-3,
        "epochs": 25,
        "optimizer": "adam",
    }


@case("healthy no target", {"healthy"}, "val_acc", None)
def make():
    n = CNN(16, 0.2)
    return train(n, optim.AdamW(n.parameters(), 2e-3), digits(1100, 600), 25, 32), {
        "channels": 16,
        "dropout": 0.2,
        "lr": 2e-3,
        "epochs": 25,
        "optimizer": "adamw",
    }


@case("decay at epoch 2", {"learning-rate-too-low", "stopped-too-early", "stalled"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 64, 1)
    o = optim.SGD(n.parameters(), 0.02, momentum=0.9)
    return train(n, o, digits(), 30, 64, sched=optim.lr_scheduler.StepLR(o, 2, 0.03)), {
        "hidden": 64,
        "optimizer": "sgd",
        "lr": 0.02,
        "momentum": 0.9,
        "lr_scheduler": {"name": "step", "step_size": 2, "gamma": 0.03},
        "epochs": 30,
    }


@case("trained too long", {"overfitting", "trained-too-long"}, "val_loss", 0.3)
def make():
    X, y = make_classification(900, 20, n_informative=5, flip_y=0.15, random_state=3)
    a, b, c, d = split(X.astype("float32"), y, 200, 600)
    n = mlp(20, 2, 128, 2)
    return train(n, optim.Adam(n.parameters(), 2e-3), (a, b, c, d), 120, 32), {
        "hidden": [128, 128],
        "lr": 2e-3,
        "epochs": 120,
        "optimizer": "adam",
        "weight_decay": 0.0,
    }


@case("momentum .99 lr .1", {"learning-rate-too-high", "diverged"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 64, 2)
    return train(n, optim.SGD(n.parameters(), 0.1, momentum=0.99), digits(), 15, 32), {
        "hidden": [64, 64],
        "optimizer": {"type": "SGD", "lr": 0.1, "momentum": 0.99},
        "epochs": 15,
    }


@case("raw inputs sgd", {"learning-rate-too-high", "diverged"}, "val_acc", 0.95)
def make():
    a, b, c, d = digits(raw=True)
    n = mlp(64, 10, 64, 2)
    return train(n, optim.SGD(n.parameters(), 0.3), (a, b, c, d), 15, 32), {
        "hidden": [64, 64],
        "optimizer": "sgd",
        "lr": 0.3,
        "momentum": 0.0,
        "epochs": 15,
    }


@case("label noise 40%", {"overfitting"}, "val_acc", 0.95)
def make():
    a, b, c, d = digits()
    r = np.random.RandomState(5)
    b = b.copy()
    k = r.rand(len(b)) < 0.4
    b[k] = r.randint(0, 10, k.sum())
    n = mlp(64, 10, 256, 2)
    return train(n, optim.Adam(n.parameters(), 1e-3), (a, b, c, d), 60, 32), {
        "hidden": [256, 256],
        "lr": 1e-3,
        "epochs": 60,
        "optimizer": "adam",
        "dropout": 0.0,
    }


@case("tiny net", {"underfitting"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 3, 1)
    return train(n, optim.Adam(n.parameters(), 3e-3), digits(), 80, 32), {
        "model": {"hidden_size": 3, "num_layers": 1},
        "optimizer": {"name": "Adam", "lr": 3e-3},
        "trainer": {"max_epochs": 80},
    }


@case("adam lr 1e-6", {"learning-rate-too-low"}, "val_acc", 0.95)
def make():
    n = CNN()
    return train(n, optim.Adam(n.parameters(), 1e-6), digits(), 30, 32), {
        "channels": 16,
        "lr": "1e-6",
        "epochs": 30,
        "optimizer": "adam",
    }


@case("noise std 3", {"underfitting"}, "val_acc", 0.95)
def make():
    n = mlp(64, 10, 64, 1)
    return train(n, optim.Adam(n.parameters(), 1e-3), digits(), 40, 32, noise=2.5), {
        "hidden": 64,
        "augment": {"noise_std": 2.5},
        "lr": 1e-3,
        "epochs": 40,
        "optimizer": "adam",
    }


@case("diabetes regression overfit", {"overfitting", "trained-too-long"}, "val_loss", 0.5)
def make():
    X, y = load_diabetes(return_X_y=True)
    y = ((y - y.mean()) / y.std()).astype("float32")[:, None]
    a, b, c, d = split(X.astype("float32") * 20, y, 150, 250)
    n = mlp(10, 1, 256, 2)
    return train(n, optim.Adam(n.parameters(), 2e-3), (a, b, c, d), 150, 16, "reg"), {
        "hidden": [256, 256],
        "lr": 2e-3,
        "epochs": 150,
        "optimizer": "adam",
    }


@case("friedman sgd tiny lr", {"learning-rate-too-low"}, "val_loss", 0.15)
def make():
    X, y = make_friedman1(900, random_state=0)
    y = ((y - y.mean()) / y.std()).astype("float32")[:, None]
    a, b, c, d = split(X.astype("float32"), y, 600, 300)
    n = mlp(10, 1, 64, 1)
    return train(n, optim.SGD(n.parameters(), 1e-4), (a, b, c, d), 40, 32, "reg"), {
        "width": 64,
        "sgd": {"learning_rate": 1e-4},
        "epochs": 40,
        "batch_size": 32,
    }


@case("friedman healthy", {"healthy"}, "val_loss", 0.15)
def make():
    X, y = make_friedman1(2600, random_state=0)
    y = ((y - y.mean()) / y.std()).astype("float32")[:, None]
    a, b, c, d = split(X.astype("float32"), y, 2000, 600)
    n = mlp(10, 1, 64, 2)
    return train(n, optim.Adam(n.parameters(), 2e-3), (a, b, c, d), 40, 32, "reg"), {
        "width": 64,
        "depth": 2,
        "lr": 2e-3,
        "optimizer": "adam",
        "epochs": 40,
    }


@case("breast cancer lr high no norm", {"learning-rate-too-high", "diverged", "noisy-validation"}, "val_acc", 0.95)
def make():
    X, y = load_breast_cancer(return_X_y=True)
    a, b, c, d = split(X.astype("float32"), y, 350, 200)
    n = mlp(30, 2, 32, 1)
    return train(n, optim.Adam(n.parameters(), 0.1), (a, b, c, d), 30, 32), {"hidden": 32, "adam_lr": 0.1, "epochs": 30}


for index, (name, (make, accept, metric, target)) in enumerate(CASES.items()):
    torch.manual_seed(SEED)
    np.random.seed(SEED)
    rows, config = make()
    folder = os.path.join(OUT, name.replace(" ", "-"))
    os.makedirs(folder, exist_ok=True)
    log = ("metrics.csv", "log.jsonl", "train.log")[index % 3]
    with open(os.path.join(folder, log), "w", newline="") as file:
        if log == "metrics.csv":
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        elif log == "log.jsonl":
            file.writelines(json.dumps(row) + "\n" for row in rows)
        else:
            for row in rows:
                values = " - ".join("%s: %.5g" % item for item in row.items() if item[0] != "epoch")
                file.write("Epoch %d/%d: %s\n" % (row["epoch"], len(rows), values))
    json.dump(config, open(os.path.join(folder, "config.json"), "w"), indent=2)
    case = dict(accept=sorted(accept), log=log, hasConfig=True, target=target, metric=metric)
    json.dump(case, open(os.path.join(folder, "case.json"), "w"))
