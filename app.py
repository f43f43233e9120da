"""The web app: `python app.py` opens the assistant's pages at NAVIGATOR_HOST:NAVIGATOR_PORT."""

from __future__ import annotations

import os
import sys

from assistant.opening import open_assistant
from catalog.errors import NavigatorError
from catalog.settings import read_settings


def main() -> int:
    """Serve the pages until interrupted; returns the exit code."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from assistant.web.server import build_app, serve

    try:
        settings = read_settings()
        assistant = open_assistant(settings, on_progress=lambda text: print(text, file=sys.stderr), many=True)
    except NavigatorError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"http://{settings.host}:{settings.port}/", file=sys.stderr)
    serve(build_app(assistant), settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
