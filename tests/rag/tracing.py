"""Asks a model behind a server while the environment asks for tracing; run by a test in a process of its own.

``python -m tests.rag.tracing SERVER checked|bare``: through the stream that answers use, or around it.
"""

import asyncio
import sys
import time

from langchain_core.tracers.langchain import wait_for_all_tracers

from rag.generative import load_model
from rag.language_model import Message, ModelStream
from rag.settings import Settings


async def _bare(settings: Settings) -> None:
    async for _ in load_model(settings).astream([("human", "青石大桥")]):
        pass


def main(server: str, way: str) -> None:
    """Asks once, and waits until all traces are sent."""
    settings = Settings.load(llm="openai:scripted", llm_base_url=server, llm_timeout=20)
    if way == "bare":
        asyncio.run(_bare(settings))
    else:
        stream = ModelStream(load_model(settings))
        list(stream.text((Message("human", "青石大桥"),), deadline=time.monotonic() + 20, allowed=20))
    wait_for_all_tracers()


if __name__ == "__main__":
    main(*sys.argv[1:])
