import numpy as np
import torch
from lightning.pytorch import LightningDataModule
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, Dataset, TensorDataset


class ShiftedDigits(Dataset):
    """Digits, each moved by up to `pixels` in x and y every time it is seen."""

    def __init__(self, images, labels, pixels):
        self.images, self.labels, self.pixels = images, labels, pixels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        image = self.images[index]
        if self.pixels > 0:
            dx, dy = torch.randint(-self.pixels, self.pixels + 1, (2,)).tolist()
            image = torch.roll(image, (dy, dx), (1, 2))
        return image, self.labels[index]


class DigitsDataModule(LightningDataModule):
    """scikit-learn's 8 x 8 digits: a few to learn from, the others to validate on."""

    def __init__(self, train_size: int = 200, label_noise: float = 0.0, batch_size: int = 32, shift: int = 0):
        super().__init__()
        self.save_hyperparameters()

    def setup(self, stage=None):
        digits = load_digits()
        images = torch.tensor(digits.images / 16.0, dtype=torch.float32).unsqueeze(1)
        labels = torch.tensor(digits.target)
        # The split and the wrong labels belong to the data: the seed of a run does not move them.
        rng = np.random.default_rng(0)
        order = torch.from_numpy(rng.permutation(len(labels)))
        train, val = order[: self.hparams.train_size], order[self.hparams.train_size :]
        noisy = labels[train].clone()
        wrong = torch.from_numpy(rng.random(len(train)) < self.hparams.label_noise)
        noisy[wrong] = (noisy[wrong] + torch.from_numpy(rng.integers(1, 10, len(train)))[wrong]) % 10
        self.train = ShiftedDigits(images[train], noisy, self.hparams.shift)
        self.val = TensorDataset(images[val], labels[val])

    def train_dataloader(self):
        return DataLoader(self.train, self.hparams.batch_size, shuffle=True)

    def val_dataloader(self):
        return DataLoader(self.val, 512)
