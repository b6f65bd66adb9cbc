"""Train a classifier of scikit-learn's digits.

    python train.py                     # the baseline
    python train.py model=cnn optimizer.lr=0.01
"""
import logging

import hydra
import numpy as np
import torch
from hydra.utils import instantiate
from omegaconf import DictConfig
from sklearn.datasets import load_digits
from torch import nn

log = logging.getLogger(__name__)


def load_data(cfg):
    digits = load_digits()
    images = torch.tensor(digits.images / 16.0, dtype=torch.float32).unsqueeze(1)
    labels = torch.tensor(digits.target)
    order = torch.from_numpy(np.random.default_rng(0).permutation(len(labels)))
    train, val = order[: cfg.train_size], order[cfg.train_size :]
    return (images[train], labels[train]), (images[val], labels[val])


def jitter(images, pixels):
    """Each image moved by up to `pixels` in x and y."""
    offsets = torch.randint(-pixels, pixels + 1, (len(images), 2)).tolist()
    return torch.stack([torch.roll(image, (dy, dx), (1, 2)) for image, (dy, dx) in zip(images, offsets)])


@hydra.main(version_base="1.3", config_path="conf", config_name="config")
def main(cfg: DictConfig):
    torch.manual_seed(cfg.seed)
    torch.set_num_threads(1)
    (x_train, y_train), (x_val, y_val) = load_data(cfg.data)
    model = instantiate(cfg.model)
    optimizer = instantiate(cfg.optimizer, params=model.parameters())

    for epoch in range(1, cfg.epochs + 1):
        model.train()
        correct = total_loss = 0.0
        for batch in torch.randperm(len(y_train)).split(cfg.data.batch_size):
            x, y = x_train[batch], y_train[batch]
            if cfg.data.jitter > 0:
                x = jitter(x, cfg.data.jitter)
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total_loss += loss.item() * len(y)
            correct += (logits.argmax(1) == y).sum().item()
        model.eval()
        with torch.no_grad():
            logits = model(x_val)
            val_loss = nn.functional.cross_entropy(logits, y_val).item()
            val_acc = (logits.argmax(1) == y_val).float().mean().item()
        log.info(
            "epoch %d/%d train_loss=%.4f train_acc=%.4f val_loss=%.4f val_acc=%.4f",
            *(epoch, cfg.epochs, total_loss / len(y_train), correct / len(y_train), val_loss, val_acc),
        )


if __name__ == "__main__":
    main()
