"""``python -m rag.training``: makes the shipped reader, or measures answers on CMRC 2018. Knows nothing of steps."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from index.errors import WenjuError
from index.training.sources import Sources
from rag.reader import WEIGHTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two commands; 2 for what a person can put right."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        if options.command == "evaluate":
            from rag.training.evaluate import evaluate

            measures = evaluate(Sources(options.data), questions=options.questions)
            print("| measure | |", "|---|---:|", sep="\n")
            print(*(f"| {name} | {value:,.3f} |" for name, value in measures.items()), sep="\n")
        else:
            from rag.training.recipe import make

            print(make(Sources(options.data), options.output, seed=options.seed))
    except WenjuError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rag.training", description="训练或评测阅读模型 / train or measure the reader"
    )
    _common(parser, required=False)
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="写入权重的文件 / where the weights go")
    parser.add_argument("--seed", type=int, default=2026, help="随机种子 / random seed")
    commands = parser.add_subparsers(dest="command")
    evaluate = commands.add_parser("evaluate", help="在 CMRC 2018 dev 上评测 / measure on CMRC 2018 dev")
    evaluate.add_argument("--questions", type=int, default=0, help="只用这么多问题,0 为全部 / so many only, 0: all")
    _common(evaluate, required=True)
    return parser


def _common(parser: argparse.ArgumentParser, *, required: bool) -> None:
    help = "训练数据的文件夹,见 index/training/README.md / the data folder"
    parser.add_argument("--data", type=Path, required=required, default=Path("data"), help=help)


if __name__ == "__main__":
    raise SystemExit(main())
