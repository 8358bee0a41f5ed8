"""The encoders give the vectors they should, whoever asks and in whatever order, and say what is wrong with a model."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.embedder import SHIPPED_MODEL, StaticEncoder, load_encoder
from index.errors import EncoderError
from tests.index import static_model

TEXTS = [
    "城乡居民基础养老金月最低标准提高20元",
    "",
    "How many jobs will be created in 2024?",
    "，。！",
    "😀",
    "继续缩减外资准入负面清单，全面取消制造业领域外资准入限制措施。" * 40,
    "3.5% of ＧＤＰ",
]


@pytest.fixture(scope="module")
def shipped() -> StaticEncoder:
    return StaticEncoder(SHIPPED_MODEL)


def test_the_vectors_are_those_of_sentence_transformers(shipped: StaticEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(SHIPPED_MODEL), device="cpu", local_files_only=True)
    texts = TEXTS * 20  # more than one batch
    np.testing.assert_allclose(shipped.encode(texts), reference.encode(texts), atol=1e-5)


def test_the_vectors_are_the_mean_of_the_rows(shipped: StaticEncoder) -> None:
    tensors = load_file(shipped.folder / "model.safetensors")
    for text, vector in zip(TEXTS, shipped.encode(TEXTS), strict=True):
        ids = shipped.splitter.cut([text]).ids
        rows = [tensors["embeddings"][tensors["mapping"][i]].astype(np.float64) * tensors["weights"][i] for i in ids]
        mean = np.sum(rows, axis=0) if rows else np.zeros(shipped.dimension)
        length = np.linalg.norm(mean)
        np.testing.assert_allclose(vector, mean / length if length else mean, atol=1e-5)


def test_rows_are_unit_or_zero(shipped: StaticEncoder) -> None:
    vectors = shipped.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), shipped.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1, 0, 0, 1, 1], atol=1e-6)


def test_a_text_alone_and_among_others_gets_the_same_vector(shipped: StaticEncoder) -> None:
    together = shipped.encode(TEXTS * 30)
    alone = np.vstack([shipped.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, np.tile(alone, (30, 1)), atol=1e-6)


def test_no_text_gives_no_row(shipped: StaticEncoder) -> None:
    assert shipped.encode([]).shape == (0, shipped.dimension)


def test_threads_do_not_disturb_each_other(shipped: StaticEncoder) -> None:
    expected = shipped.encode(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        for vectors in pool.map(shipped.encode, [TEXTS] * 64):
            np.testing.assert_array_equal(vectors, expected)


def test_the_shipped_model_needs_numpy_alone() -> None:
    code = (
        "import sys; from index.embedder import load_encoder; load_encoder().encode(['养老金']);"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'huggingface_hub', 'tokenizers'};"
        "print(sorted(heavy & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_model_fits() -> None:
    size = sum(path.stat().st_size for path in SHIPPED_MODEL.rglob("*") if path.is_file())
    assert size <= 32 * 10**6
    assert load_encoder().dimension <= 384


def test_languages_meet(shipped: StaticEncoder) -> None:
    questions = [
        "How much will pensions rise?",
        "Which jobs are open to migrant workers?",
        "How is polluted water treated?",
    ]
    passages = ["提高退休人员基本养老金。", "扩大农民工就业岗位。", "加强水污染治理。"]
    scores = shipped.encode(questions) @ shipped.encode(passages).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "tensors",
    [
        pytest.param({"embedding.weight": static_model.TABLE}, id="sentence-transformers"),
        pytest.param({"embedding.weight": static_model.TABLE.astype(np.float16)}, id="half precision"),
        pytest.param({"embeddings": static_model.TABLE}, id="model2vec"),
        pytest.param(
            {"embeddings": static_model.TABLE[[2, 0, 3, 1]], "mapping": np.asarray([1, 3, 0, 2])}, id="with a mapping"
        ),
        pytest.param(
            {
                "embeddings": np.asarray([[0, 0], [0.6, 0.8], [0, 1], [1, 0]], np.float32),
                "weights": np.asarray([9, 5, 2, -1], np.float32),
            },
            id="with weights",
        ),
    ],
)
def test_every_way_of_storing_a_table_is_read(tmp_path: Path, tensors: dict[str, np.ndarray]) -> None:
    encoder = load_encoder(str(static_model.write(tmp_path / "model", tensors)))
    assert isinstance(encoder, StaticEncoder)
    vectors = encoder.encode(["red", "red green", "blue unheard-of", "unheard-of"])
    expected = np.asarray([[0.6, 0.8], np.asarray([3, 6]) / np.sqrt(45), [-1, 0], [0, 0]])
    np.testing.assert_allclose(vectors, expected, atol=1e-3)


def test_the_fingerprint_follows_the_files(tmp_path: Path) -> None:
    first = static_model.write(tmp_path / "first", {"embedding.weight": static_model.TABLE})
    copy = shutil.copytree(first, tmp_path / "copy")
    other = static_model.write(tmp_path / "other", {"embedding.weight": static_model.TABLE + 1})
    fingerprints = [StaticEncoder(folder).fingerprint for folder in (first, copy, other)]
    assert fingerprints[0] == fingerprints[1] != fingerprints[2]


def _small_network(folder: Path) -> Path:
    """A transformer with random weights, in the layout of the hub."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    plain = folder / "bert"
    plain.mkdir(parents=True)
    (plain / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "税", "法"]), encoding="utf-8"
    )
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=7, **sizes)).save_pretrained(plain)
    BertTokenizerFast(str(plain / "vocab.txt")).save_pretrained(plain)
    transformer = Transformer(str(plain))
    SentenceTransformer(modules=[transformer, Pooling(16)]).save(str(folder / "model"))
    return folder / "model"


@pytest.mark.filterwarnings("ignore")  # the library's own, on saving
def test_another_kind_of_model_goes_through_sentence_transformers(tmp_path: Path) -> None:
    folder = _small_network(tmp_path)
    encoder = load_encoder(str(folder))
    assert not isinstance(encoder, StaticEncoder)
    vectors = encoder.encode(["税法", "税", "税法"])
    assert vectors.shape == (3, encoder.dimension) == (3, 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-6)
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)
    assert encoder.fingerprint == load_encoder(str(folder)).fingerprint


@pytest.mark.parametrize("name", ["BAAI/bge-small-zh-v1.5", "no-such-model"])
def test_a_model_that_is_not_here_is_refused_with_the_cure(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EncoderError, match="WENJU_ALLOW_DOWNLOAD=1") as refused:
        load_encoder(name)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ["/no/such/folder", "./nowhere", "~/nowhere-at-all", "a/b/c"])
def test_a_missing_folder_is_named(name: str) -> None:
    with pytest.raises(EncoderError, match="WENJU_EMBEDDING_MODEL") as refused:
        load_encoder(name)
    assert name in str(refused.value)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flat(path: Path) -> None:
    static_model.write(path.parent, {"embedding.weight": np.zeros(8, np.float32)})


def _misnamed(path: Path) -> None:
    static_model.write(path.parent, {"vectors": static_model.TABLE})


def _too_few(path: Path) -> None:
    static_model.write(path.parent, {"embedding.weight": static_model.TABLE[:3]})


def _untold(path: Path) -> None:
    tensors = {"embedding.weight": static_model.TABLE, "information": np.asarray([9, 1, 2], np.float32)}
    static_model.write(path.parent, tensors)


def _astray(path: Path) -> None:
    static_model.write(path.parent, {"embeddings": static_model.TABLE, "mapping": np.asarray([0, 1, 2, 4])})


@pytest.mark.parametrize(
    ("file", "damage", "told"),
    [
        pytest.param("model.safetensors", _cut, "model.safetensors", id="a cut table"),
        pytest.param("tokenizer.json", _cut, "tokenizer.json", id="a cut tokenizer"),
        pytest.param("modules.json", _cut, "modules.json", id="a cut list of modules"),
        pytest.param("model.safetensors", _flat, r"\(8,\)", id="a table of one dimension"),
        pytest.param("model.safetensors", _misnamed, "vectors", id="no table"),
        pytest.param("model.safetensors", _too_few, "3", id="fewer rows than words"),
        pytest.param("model.safetensors", _astray, "4", id="a word without a row"),
        pytest.param("model.safetensors", _untold, "4", id="a word of unknown rarity"),
    ],
)
def test_damage_is_told(tmp_path: Path, file: str, damage: Callable[[Path], None], told: str) -> None:
    folder = static_model.write(tmp_path / "model", {"embedding.weight": static_model.TABLE})
    damage(folder / file)
    with pytest.raises(EncoderError, match=told) as refused:
        load_encoder(str(folder))
    assert str(folder) in str(refused.value)


def test_a_network_is_not_read_as_a_table(tmp_path: Path) -> None:
    folder = static_model.write(tmp_path / "model", {"embedding.weight": static_model.TABLE})
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules.append({"idx": 1, "name": "1", "path": "1_Dense", "type": "sentence_transformers.models.Dense"})
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    with pytest.raises(EncoderError, match="StaticEmbedding"):
        StaticEncoder(folder)
