"""The whole recipe of the reader: examples, training, file. Knows nothing of how each step works."""

import logging
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from index.lexicon import Lexicon
from index.training.sources import Sources
from rag.features import FeatureReader
from rag.training.examples import TRAINED_ON, dataset, examples
from rag.training.train import TrainingConfig, train

log = logging.getLogger(__name__)


def make(sources: Sources, output: Path, *, seed: int) -> Path:
    """Make the reader of the shipped embedding model and write it to ``output``.

    :return: ``output``.
    """
    lexicon = Lexicon.shipped()
    found = list(examples(dataset(sources, TRAINED_ON).part("trained"), FeatureReader(lexicon)))
    log.info("%d questions", len(found))
    network = train(found, lexicon.table(), TrainingConfig(seed=seed))
    save_file({name: np.asarray(value, np.float16) for name, value in network.weights().items()}, output)
    output.chmod(0o644)  # the library writes it for its owner only
    return output
