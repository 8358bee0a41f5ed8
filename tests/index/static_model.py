"""Small StaticEmbedding directories, made by hand, for the tests of the encoders. Knows nothing of what ships."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

WORDS = ("[UNK]", "red", "green", "blue")
TABLE = np.asarray([[0, 0], [3, 4], [0, 2], [-1, 0]], np.float32)


def write(folder: Path, tensors: Mapping[str, NDArray[np.generic]], *, words: tuple[str, ...] = WORDS) -> Path:
    """A directory in the layout that sentence-transformers writes, with a tokenizer that splits at spaces."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, folder / "model.safetensors")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    return folder
