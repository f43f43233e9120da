"""Command line of the assistant.

`python -m assistant ask | check | explain | credential | badge | posting | audit-ad | triage | doctor`
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console

from assistant.adverts import MOST_CHARACTERS, audit
from assistant.adverts import lines_of as advert_lines
from assistant.answer import Answer, Persona, Question
from assistant.assistant import Assistant
from assistant.batch import answer_batch
from assistant.check import Checker
from assistant.checked import Inquiry
from assistant.credentials.command import credential_text
from assistant.explain import explain
from assistant.inquiries import check_batch
from assistant.names import NameIndex
from assistant.opening import open_assistant, open_snapshot
from assistant.postings.lines import lines_of as posting_lines
from assistant.postings.posting import MOST_CHARACTERS as MOST_OF_A_POSTING
from assistant.postings.posting import PostingReader
from assistant.printing import check_text
from assistant.writer import joined
from catalog.errors import NavigatorError
from catalog.settings import read_settings
from catalog.snapshot import Snapshot
from prompts import LANGUAGES, Texts


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
    ask = _command(commands, "ask", "answer one question, or a file of questions", _ask, language=None)
    ask.add_argument("question", nargs="?", help="the question")
    ask.add_argument("--persona", choices=[p.value for p in Persona], default=Persona.LEARNER.value)
    ask.add_argument("--batch", type=Path, help="JSON lines with id, persona and turns")
    ask.add_argument("--out", type=Path, help="where the answers of a batch go")
    check = _command(commands, "check", "say what the records know of a school, a program, or a file of them", _check)
    check.add_argument("name", nargs="?", help="the school's name")
    check.add_argument("--state", help="its state, two letters")
    check.add_argument("--city", help="its city")
    check.add_argument("--program", help="id of a program: checks its provider and the program itself")
    check.add_argument("--batch", type=Path, help="JSON lines with id and name, city, state, opeid, unitid, …")
    check.add_argument("--out", type=Path, help="where the answers of a batch go")
    explaining = _command(commands, "explain", "show the receipt of a finding: rule, cells, steps", _explain)
    explaining.add_argument("finding", help="id of the finding")
    credential = _command(
        commands, "credential", "say what a credential proves, and how to check a holder", _credential
    )
    credential.add_argument("name", help="its name or abbreviation, several of them, or a question")
    badge = _command(commands, "badge", "say what a digital badge asserts, and whether its signature holds", _badge)
    badge.add_argument(
        "file", help="the badge (JSON, JWT, PNG with a badge, registry envelope), or - for standard input"
    )
    badge.add_argument("--key", type=Path, help="the issuer's public key: PEM, JWK, JWKS, did:key or multibase")
    badge.add_argument("--on", type=date.fromisoformat, help="the day to judge, YYYY-MM-DD (default: today, UTC)")
    badge.add_argument("--allow-network", action="store_true", help="fetch keys and status from the issuer's site")
    posting = _command(commands, "posting", "say which credentials a job posting asks for, and why", _posting)
    posting.add_argument("file", help="the posting as a text file, or - for standard input")
    posting.add_argument("--title", help="the job's title, when the posting does not begin with it")
    _command(commands, "doctor", "say what is set up, reach the chat model, and count its tokens", _doctor)
    advert = _command(commands, "audit-ad", "mark the claims of an advert that need proof", _audit)
    advert.add_argument("file", help="the advert as a text file, or - for standard input")
    triage = _command(commands, "triage", "sort the messages of a support desk, with drafts of replies", _triage)
    triage.add_argument("file", help="messages: .csv (a column `body`), .mbox or .eml, or - for standard input")
    triage.add_argument("--out", type=Path, required=True, help="what is found: .jsonl or .csv; a stopped run goes on")
    triage.add_argument("--queue", action="store_true", help="take the messages into the desk's queue as well")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: object,
    language: str | None = "en",
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text)
    default = "that of the question" if language is None else language
    parser.add_argument("--lang", choices=LANGUAGES, default=language, help=f"language (default: {default})")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.set_defaults(command=run, parser=parser)
    return parser


def _ask(options: argparse.Namespace) -> int:
    if options.batch is not None:
        if options.out is None:
            options.parser.error("--batch needs --out")
        return answer_batch(_open(many=True), options.batch, options.out)
    if options.question is None:
        options.parser.error("ask needs a question, or --batch")
    question = Question(text=options.question, persona=options.persona, language=options.lang)
    answer: Answer = _open().ask(question)
    print(answer.model_dump_json(indent=1) if options.json else answer.text)
    return 0


def _check(options: argparse.Namespace) -> int:
    if options.batch is not None and options.out is None:
        options.parser.error("--batch needs --out")
    if options.batch is None and options.name is None and options.program is None:
        options.parser.error("check needs a name, --program, or --batch")
    try:
        inquiry = Inquiry(name=options.name, city=options.city, state=options.state, program=options.program)
    except ValidationError as error:
        options.parser.error(error.errors(include_url=False)[0]["msg"])
    texts = Texts(options.lang)
    with closing(_snapshot()) as snapshot:
        checker = Checker(snapshot, NameIndex(snapshot))
        if options.batch is not None:
            return check_batch(checker, options.batch, options.out, texts)
        if options.json:
            _print_json(checker.check(inquiry, texts).model_dump(mode="json"))
        else:
            print(check_text(checker, inquiry, texts))
    return 0


def _explain(options: argparse.Namespace) -> int:
    with closing(_snapshot()) as snapshot:
        explanation = explain(snapshot, options.finding.strip().lower(), Texts(options.lang))
    if options.json:
        _print_json(explanation.model_dump(mode="json"))
    else:
        print(joined(explanation.lines))
    return 0


def _credential(options: argparse.Namespace) -> int:
    with closing(_snapshot()) as snapshot:
        print(credential_text(snapshot, options.name, Texts(options.lang), as_json=options.json))
    return 0


def _badge(options: argparse.Namespace) -> int:
    # Signatures need libraries that no other command does.
    from assistant.badges.command import badge_text

    texts, network = Texts(options.lang), options.allow_network
    print(badge_text(options.file, texts, key=options.key, on=options.on, allow_network=network, as_json=options.json))
    return 0


def _posting(options: argparse.Namespace) -> int:
    text, texts = _read_text(options.file, MOST_OF_A_POSTING), Texts(options.lang)
    with closing(_snapshot()) as snapshot:
        found = PostingReader(snapshot).read(text, options.title)
    if options.json:
        _print_json(found.model_dump(mode="json"))
    else:
        print("\n".join(posting_lines(found, texts)))
    return 0


def _triage(options: argparse.Namespace) -> int:
    # Personal data and the queue need libraries that no other command does.
    from assistant.desk.command import run_triage

    return run_triage(read_settings(), options.file, options.out, into_queue=options.queue)


def _read_text(file: str, most: int) -> str:
    """Read a text, or standard input for `-`; one character more than is used, so that a cut can be told."""
    if file == "-":
        return sys.stdin.read(most + 1)
    with Path(file).open(encoding="utf-8", errors="replace") as stream:
        return stream.read(most + 1)


def _doctor(options: argparse.Namespace) -> int:
    from assistant.doctor import examined

    found = examined(read_settings(), Texts(options.lang))
    if options.json:
        _print_json(found.model_dump(mode="json"))
    else:
        print("\n".join(found.lines(Texts(options.lang))))
    return 0 if found.failure is None else 1


def _audit(options: argparse.Namespace) -> int:
    text = _read_text(options.file, MOST_CHARACTERS)
    texts = Texts(options.lang)
    with closing(_snapshot()) as snapshot:
        found = audit(text, snapshot, NameIndex(snapshot), texts)
    if options.json:
        _print_json(found.model_dump(mode="json"))
    else:
        print("\n".join(advert_lines(found, texts)))
    return 0


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _snapshot() -> Snapshot:
    return open_snapshot(read_settings())


def _open(*, many: bool = False) -> Assistant:
    return open_assistant(read_settings(), on_progress=lambda text: print(text, file=sys.stderr), many=many)


if __name__ == "__main__":
    sys.exit(main())
