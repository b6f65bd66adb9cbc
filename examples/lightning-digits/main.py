"""python main.py fit --config config.yaml"""
from lightning.pytorch.cli import LightningCLI

from data import DigitsDataModule
from model import DigitClassifier


def main():
    LightningCLI(DigitClassifier, DigitsDataModule)


if __name__ == "__main__":
    main()
