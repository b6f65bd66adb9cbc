#!/usr/bin/env python3
"""Train a small MLP on scikit-learn's 8x8 digits.

    python3 train.py --config configs/baseline.yaml --output-dir results/baseline --seed 42

Writes metrics.csv (one row per epoch) to the output folder and best.pt / last.pt to the checkpoint folder.
With --test it reads the digits of neither split at the end, and writes test.json.
"""
import argparse
import csv
import json
import time
from pathlib import Path

import numpy as np
import torch
import yaml
from sklearn.datasets import load_digits
from torch import nn

FIELDS = ["epoch", "train_loss", "train_acc", "val_loss", "val_acc", "lr", "epoch_time"]


def parse_args():
    parser = argparse.ArgumentParser(description="Train an MLP on the 8x8 digits of scikit-learn.")
    parser.add_argument("--config", type=Path, required=True, help="YAML config")
    parser.add_argument("--output-dir", type=Path, required=True, help="where metrics.csv goes")
    parser.add_argument("--checkpoint-dir", type=Path, help="default: OUTPUT_DIR/checkpoints")
    parser.add_argument("--seed", type=int, help="default: the config's seed")
    parser.add_argument("--resume", type=Path, help="a last.pt to continue from")
    parser.add_argument("--test", action="store_true", help="read the test digits at the end")
    return parser.parse_args()


def load_data(cfg):
    """Train, validation and test tensors; the test digits are those that the other two leave. The split and the label noise belong to the data: they do not depend on the run's seed."""
    digits = load_digits()
    images = torch.tensor(digits.images / 16.0, dtype=torch.float32).unsqueeze(1)
    labels = torch.tensor(digits.target, dtype=torch.long)
    rng = np.random.default_rng(0)
    order = torch.from_numpy(rng.permutation(len(labels)))
    n_train, n_val = cfg["train_size"], cfg["val_size"]
    if n_train + n_val > len(labels):
        raise SystemExit(f"train_size + val_size = {n_train + n_val}, but there are only {len(labels)} digits")
    train, val = order[-n_train:], order[:n_val]

    noisy = labels[train].clone()
    spoiled = torch.from_numpy(rng.random(n_train) < cfg.get("label_noise", 0.0))
    offset = torch.from_numpy(rng.integers(1, 10, n_train))
    noisy[spoiled] = (noisy[spoiled] + offset[spoiled]) % 10
    test = order[n_val : len(order) - n_train]
    return (images[train], noisy), (images[val], labels[val]), (images[test], labels[test])


def build_model(cfg):
    layers, width = [nn.Flatten()], 64
    for size in cfg["hidden_sizes"]:
        layers += [nn.Linear(width, size), nn.ReLU()]
        if cfg.get("dropout", 0.0) > 0:
            layers.append(nn.Dropout(cfg["dropout"]))
        width = size
    return nn.Sequential(*layers, nn.Linear(width, 10))


def build_optimizer(cfg, model):
    kwargs = {"lr": cfg["lr"], "weight_decay": cfg.get("weight_decay", 0.0)}
    if cfg["name"] == "sgd":
        return torch.optim.SGD(model.parameters(), momentum=cfg.get("momentum", 0.9), **kwargs)
    return {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[cfg["name"]](model.parameters(), **kwargs)


def build_scheduler(cfg, optimizer):
    if cfg.get("lr_schedule", "constant") == "cosine":
        return torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=cfg["epochs"])
    return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 1.0)


def shift(images, max_pixels, generator):
    """Move each image by up to max_pixels in x and y; what comes in is background."""
    n, _, height, width = images.shape
    padded = nn.functional.pad(images, (max_pixels,) * 4)
    offsets = torch.randint(0, 2 * max_pixels + 1, (n, 2), generator=generator).tolist()
    return torch.stack([padded[i, :, dy : dy + height, dx : dx + width] for i, (dy, dx) in enumerate(offsets)])


def train_epoch(model, optimizer, loss_fn, images, labels, cfg, generator):
    model.train()
    total_loss, correct = 0.0, 0
    pixels = cfg["data"].get("augment_shift", 0)
    for batch in torch.randperm(len(labels), generator=generator).split(cfg["data"]["batch_size"]):
        x, y = images[batch], labels[batch]
        if pixels > 0:
            x = shift(x, pixels, generator)
        logits = model(x)
        loss = loss_fn(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total_loss += loss.item() * len(y)
        correct += (logits.argmax(1) == y).sum().item()
    return total_loss / len(labels), 100.0 * correct / len(labels)


@torch.no_grad()
def evaluate(model, images, labels):
    model.eval()
    logits = model(images)
    loss = nn.functional.cross_entropy(logits, labels).item()
    return loss, 100.0 * (logits.argmax(1) == labels).sum().item() / len(labels)


def main():
    args = parse_args()
    cfg = yaml.safe_load(args.config.read_text())
    seed = cfg.get("seed", 0) if args.seed is None else args.seed
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)  # the network is tiny: more threads only make it slower
    generator = torch.Generator().manual_seed(seed)

    (train_x, train_y), (val_x, val_y), (test_x, test_y) = load_data(cfg["data"])
    model = build_model(cfg["model"])
    optimizer = build_optimizer(cfg["optimizer"], model)
    scheduler = build_scheduler(cfg["train"], optimizer)
    loss_fn = nn.CrossEntropyLoss(label_smoothing=cfg["train"].get("label_smoothing", 0.0))
    epochs, patience = cfg["train"]["epochs"], cfg["train"].get("patience")

    args.output_dir.mkdir(parents=True, exist_ok=True)
    checkpoint_dir = args.checkpoint_dir or args.output_dir / "checkpoints"
    checkpoint_dir.mkdir(parents=True, exist_ok=True)
    first_epoch, best, best_epoch = 1, -1.0, 0
    if args.resume:
        state = torch.load(args.resume, map_location="cpu")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        scheduler.load_state_dict(state["scheduler"])
        torch.set_rng_state(state["torch_rng"])
        generator.set_state(state["generator"])
        first_epoch, best, best_epoch = state["epoch"] + 1, state["best"], state["best_epoch"]
        print(f"resumed from {args.resume} after epoch {state['epoch']}")

    parameters = sum(p.numel() for p in model.parameters())
    print(f"{len(train_y)} train / {len(val_y)} val digits, {parameters} parameters, seed {seed}")
    metrics_file = args.output_dir / "metrics.csv"
    with metrics_file.open("a" if args.resume else "w", newline="") as handle:
        writer = csv.DictWriter(handle, FIELDS)
        if handle.tell() == 0:
            writer.writeheader()
        for epoch in range(first_epoch, epochs + 1):
            started = time.perf_counter()
            train_loss, train_acc = train_epoch(model, optimizer, loss_fn, train_x, train_y, cfg, generator)
            val_loss, val_acc = evaluate(model, val_x, val_y)
            row = [epoch, train_loss, train_acc, val_loss, val_acc, optimizer.param_groups[0]["lr"]]
            writer.writerow(dict(zip(FIELDS, [*row, round(time.perf_counter() - started, 4)])))
            handle.flush()
            scheduler.step()
            print(
                f"Epoch {epoch:3d}/{epochs} | train loss {train_loss:.4f} acc {train_acc:.2f}% "
                f"| val loss {val_loss:.4f} acc {val_acc:.2f}%",
                flush=True,
            )
            is_best = val_acc > best
            if is_best:
                best, best_epoch = val_acc, epoch
                torch.save(model.state_dict(), checkpoint_dir / "best.pt")
            state = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "scheduler": scheduler.state_dict(),
                "torch_rng": torch.get_rng_state(),
                "generator": generator.get_state(),
                "epoch": epoch,
                "best": best,
                "best_epoch": best_epoch,
            }
            torch.save(state, checkpoint_dir / "last.pt")
            if patience and epoch - best_epoch >= patience:
                print(f"early stopping: no better validation accuracy for {patience} epochs")
                break
    print(f"best val acc {best:.2f}% (epoch {best_epoch})")
    if args.test:
        if len(test_y) == 0:
            raise SystemExit("train_size and val_size leave no digits to test on")
        _, test_acc = evaluate(model, test_x, test_y)
        (args.output_dir / "test.json").write_text(json.dumps({"test_acc": test_acc, "digits": len(test_y)}))


if __name__ == "__main__":
    main()
