# ruff: noqa: E501
"""Small briefs of our own, and the data folder when there is one."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from rigatino.brief import Brief, read_brief

FITTING = """You are an AI scientist.

A user has asked the following question:
"Our village fair poster went round three chat groups and the lettering grew a fuzzy dirty halo with little squares. The fixer wiped it clean. Is it making the letters up?"

### Recommended AI Models:
Model: JAR-FBCNN-Color
Paper: https://arxiv.org/pdf/2109.14573
GitHub: https://github.com/jiaxi-jiang/FBCNN

Model: Txt2Img-StableDiffusionV1-QGO-PromptingReal
Paper: None
GitHub: None

### Related Papers:
Model: Mending Blocks by Estimating the Rounding
Paper: http://arxiv.org/pdf/2109.14573v1.pdf
GitHub: https://github.com/example/mending-blocks
Summary: JPEG files suffer from blocking artifacts and ringing when they are compressed hard. We train a convolutional network that estimates the quality factor of a JPEG image and removes compression artifacts accordingly. The network works on quality factors from 10 to 90. It restores letters in 83% of the test images.

Model: Building Blocks of Social Chat
Paper: http://arxiv.org/pdf/2301.00002v1.pdf
Summary: We study how conversations in online groups are built from small moves. A corpus of 12,000 dialogues is annotated by linguists. The study finds 7 recurring patterns of agreement.


Answer:
"""


@pytest.fixture
def fitting() -> Brief:
    """A brief with one paper and one module that fit, and one of each that does not."""
    return read_brief(FITTING, "fitting")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder with briefs and pictures for tests; the test is skipped without it."""
    name = os.environ.get("RIGATINO_DATA")
    if not name:
        pytest.skip("RIGATINO_DATA is not set: this test needs the data folder")
    return Path(name)


@pytest.fixture(autouse=True)
def no_live_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches anything but this machine, and none knows a key or a chosen model."""
    for name in list(os.environ):
        if name.startswith("RIGATINO_LLM") or name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
            monkeypatch.delenv(name)
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _loopback_only(getattr(socket.socket, name)))


def _loopback_only(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if host != "localhost" and not _is_loopback(host):
                self.close()
                raise AssertionError(f"{host}: live calls are impossible in the tests")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
