"""Writes a table and its words as a sentence-transformers directory. Knows nothing of how they came about."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.training.tokenizing import longest_first_tokenizer
from index.training.vocabulary import Vocabulary

MODULES = [
    {"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
NORMALIZE = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
SETTINGS: dict[str, object] = {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}


def write_model(folder: Path, vocabulary: Vocabulary, rows: NDArray[np.int32], table: NDArray[np.float32]) -> None:
    """``table`` has shape (rows, dimension); word ``i`` of the vocabulary has row ``rows[i]`` of it.

    A row is kept in whole numbers from -127 to 127, and for each word the factor that makes its row of them again; how
    rare each word is, in nats, stands beside them, for what weighs words.
    """
    static = folder / "0_StaticEmbedding"
    static.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    whole, factors = quantised(table)
    tensors = {
        "embeddings": whole,
        "mapping": np.ascontiguousarray(rows, np.int32),
        "weights": factors[rows],
        "information": -np.asarray(vocabulary.scores, np.float32),
    }
    save_file(tensors, static / "model.safetensors")
    (static / "model.safetensors").chmod(0o644)  # the library writes it for its owner only
    longest_first_tokenizer(vocabulary.words).save(str(static / "tokenizer.json"), pretty=False)
    for name, content in (
        ("modules.json", MODULES),
        ("config_sentence_transformers.json", SETTINGS),
        ("1_Normalize/config.json", NORMALIZE),
    ):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def quantised(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as whole numbers and a factor: ``whole * factors[:, None]`` is the table but for rounding."""
    factors = np.abs(table).max(axis=1) / 127
    whole = np.rint(table / np.where(factors > 0, factors, 1)[:, None])
    return np.ascontiguousarray(whole, np.int8), np.asarray(factors, np.float32)
