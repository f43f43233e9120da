"""Command line of the assistant: `python -m assistant ask "…"`, or a batch of questions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from assistant.answer import Answer, Persona, Question
from assistant.assistant import Assistant
from assistant.batch import answer_batch
from assistant.opening import open_assistant
from catalog.errors import NavigatorError
from catalog.settings import read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    errors = Console(stderr=True)
    try:
        code: int = options.command(options)
    except NavigatorError as error:
        errors.print(str(error), style="red", markup=False, highlight=False)
        return 1
    except OSError as error:
        errors.print(f"{error.filename}: {error.strerror}", style="red", markup=False, highlight=False)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    commands = parser.add_subparsers(required=True)
    ask = commands.add_parser("ask", help="answer one question, or a file of questions")
    ask.add_argument("question", nargs="?", help="the question")
    ask.add_argument("--persona", choices=[p.value for p in Persona], default=Persona.LEARNER.value)
    ask.add_argument("--lang", choices=["en", "es"], help="language of the answer (default: that of the question)")
    ask.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    ask.add_argument("--batch", type=Path, help="JSON lines with id, persona and turns")
    ask.add_argument("--out", type=Path, help="where the answers of a batch go")
    ask.set_defaults(command=_ask, parser=parser)
    return parser


def _ask(options: argparse.Namespace) -> int:
    if options.batch is not None:
        if options.out is None:
            options.parser.error("--batch needs --out")
        return answer_batch(_open(), options.batch, options.out)
    if options.question is None:
        options.parser.error("ask needs a question, or --batch")
    question = Question(text=options.question, persona=options.persona, language=options.lang)
    answer: Answer = _open().ask(question)
    print(answer.model_dump_json(indent=1) if options.json else answer.text)
    return 0


def _open() -> Assistant:
    return open_assistant(read_settings(), on_progress=lambda text: print(text, file=sys.stderr))


if __name__ == "__main__":
    sys.exit(main())
