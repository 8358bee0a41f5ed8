"""The whole recipe: words, first vectors, training, files. Knows nothing of how each step works."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from index.training.export import write_model
from index.training.initialise import english_encoder, glosses_of, known_english, start
from index.training.material import material
from index.training.ragged import Splitter
from index.training.sources import Sources
from index.training.train import TrainingConfig, train
from index.training.vocabulary import VocabularySizes, build_vocabulary
from index.words import LongestFirst

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what the model becomes."""

    dimension: int = 384
    sizes: VocabularySizes = field(default_factory=VocabularySizes)
    training: TrainingConfig = field(default_factory=TrainingConfig)


def make(sources: Sources, output: Path, recipe: Recipe) -> Path:
    """Make the model and write it to ``output``.

    :return: ``output``.
    """
    encoder = english_encoder()
    log.info("counting words")
    vocabulary = build_vocabulary(sources, recipe.sizes, known_english=known_english(encoder))
    log.info("%d words; encoding their glosses", len(vocabulary.words))
    first = start(vocabulary, glosses_of(sources), dimension=recipe.dimension, encoder=encoder)
    log.info("%d rows; preparing pairs", len(first.table))
    shares = material(sources, Splitter(LongestFirst(vocabulary.words), first.rows))
    log.info("training for %d steps", recipe.training.steps)
    table = train(first.table, first.weights, shares, recipe.training)
    write_model(output, vocabulary, first.rows, table)
    return output
