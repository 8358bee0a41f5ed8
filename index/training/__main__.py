"""``python -m index.training``: makes the shipped model, or measures any model. Knows nothing of the single steps."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from index.embedder import SHIPPED_MODEL, load_encoder
from index.errors import WenjuError
from index.training.evaluate import Measured, measure, tasks
from index.training.recipe import Recipe, make
from index.training.sources import Sources
from index.training.train import TrainingConfig


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two commands; 2 for what a person can put right."""
    options = _parser().parse_args(arguments)
    sources = Sources(options.data)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        if options.command == "evaluate":
            encoder = load_encoder(options.model)
            print(_table([measure(encoder, task) for task in tasks(sources)]))
        else:
            recipe = Recipe(training=TrainingConfig(seed=options.seed))
            print(make(sources, options.output, recipe))
    except WenjuError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _table(rows: Sequence[Measured]) -> str:
    lines = ["| set | questions | passages | hit@1 | hit@5 |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {r.name} | {r.questions:,} | {r.passages:,} | {r.hit1:.3f} | {r.hit5:.3f} |" for r in rows]
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index.training", description="训练或评测嵌入模型 / train or measure it"
    )
    _common(parser, required=False)
    parser.add_argument("--output", type=Path, default=SHIPPED_MODEL, help="写入模型的文件夹 / where the model goes")
    parser.add_argument("--seed", type=int, default=TrainingConfig().seed, help="随机种子 / random seed")
    commands = parser.add_subparsers(dest="command")
    evaluate = commands.add_parser("evaluate", help="评测一个模型 / measure a model")
    evaluate.add_argument("model", help="模型文件夹 / the folder of a sentence-transformers model")
    _common(evaluate, required=True)
    return parser


def _common(parser: argparse.ArgumentParser, *, required: bool) -> None:
    help = "训练数据的文件夹,见 README / the data folder"
    parser.add_argument("--data", type=Path, required=required, default=Path("data"), help=help)


if __name__ == "__main__":
    raise SystemExit(main())
