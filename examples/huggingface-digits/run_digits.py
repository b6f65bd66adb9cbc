#!/usr/bin/env python3
"""Train a small vision transformer, from random weights, on scikit-learn's 8 x 8 digits.

    python run_digits.py --output_dir out --do_train --do_eval --num_train_epochs 10 --learning_rate 1e-3
"""
from dataclasses import dataclass, field

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.utils.data import Dataset
from transformers import HfArgumentParser, Trainer, TrainingArguments, ViTConfig, ViTForImageClassification, set_seed


@dataclass
class ModelArguments:
    hidden_size: int = field(default=48, metadata={"help": "Width of the transformer."})
    num_hidden_layers: int = field(default=2, metadata={"help": "Number of layers."})
    num_attention_heads: int = field(default=4, metadata={"help": "Heads of each layer."})
    hidden_dropout_prob: float = field(default=0.0, metadata={"help": "Dropout behind each layer."})
    attention_probs_dropout_prob: float = field(default=0.0, metadata={"help": "Dropout of attention."})


@dataclass
class DataArguments:
    train_samples: int = field(default=600, metadata={"help": "Digits to train on; the others validate."})
    shift: int = field(default=0, metadata={"help": "Move training digits by up to so many pixels."})


class Digits(Dataset):
    def __init__(self, images, labels, shift=0):
        self.images, self.labels, self.shift = images, labels, shift

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        image = self.images[index]
        if self.shift > 0:
            dx, dy = torch.randint(-self.shift, self.shift + 1, (2,)).tolist()
            image = torch.roll(image, (dy, dx), (1, 2))
        return {"pixel_values": image, "labels": self.labels[index]}


def load_data(args):
    digits = load_digits()
    images = torch.tensor(digits.images / 8.0 - 1.0, dtype=torch.float32).unsqueeze(1)
    labels = torch.tensor(digits.target)
    order = torch.from_numpy(np.random.default_rng(0).permutation(len(labels)))
    train, val = order[: args.train_samples], order[args.train_samples :]
    return Digits(images[train], labels[train], args.shift), Digits(images[val], labels[val])


def compute_metrics(prediction):
    return {"accuracy": float((prediction.predictions.argmax(-1) == prediction.label_ids).mean())}


def main():
    parser = HfArgumentParser((ModelArguments, DataArguments, TrainingArguments))
    model_args, data_args, training_args = parser.parse_args_into_dataclasses()
    set_seed(training_args.seed)

    train_dataset, eval_dataset = load_data(data_args)
    config = ViTConfig(
        image_size=8,
        patch_size=2,
        num_channels=1,
        num_labels=10,
        hidden_size=model_args.hidden_size,
        intermediate_size=2 * model_args.hidden_size,
        num_hidden_layers=model_args.num_hidden_layers,
        num_attention_heads=model_args.num_attention_heads,
        hidden_dropout_prob=model_args.hidden_dropout_prob,
        attention_probs_dropout_prob=model_args.attention_probs_dropout_prob,
    )
    trainer = Trainer(
        model=ViTForImageClassification(config),
        args=training_args,
        train_dataset=train_dataset,
        eval_dataset=eval_dataset,
        compute_metrics=compute_metrics,
    )
    if training_args.do_train:
        result = trainer.train()
        trainer.log_metrics("train", result.metrics)
        trainer.save_metrics("train", result.metrics)
        trainer.save_state()
    if training_args.do_eval:
        metrics = trainer.evaluate()
        trainer.log_metrics("eval", metrics)
        trainer.save_metrics("eval", metrics)


if __name__ == "__main__":
    main()
