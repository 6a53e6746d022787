"""What every command shares: the session, its options, its output, its errors."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from spnr_graph.errors import DataError, SpnrError

if TYPE_CHECKING:
    from spnr_graph.project import Project
    from spnr_graph.render import Kind
    from spnr_graph.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Session:
    """The options that stand before the command."""

    location: str
    root: str | None
    lang: str
    quiet: bool

    @property
    def project(self) -> Project:
        """The folder with ontology, data and queries."""
        from spnr_graph.project import open_project

        return open_project(self.root)

    def store(self, *, read_only: bool = True) -> Store:
        """Open the store; only ``load`` asks to write."""
        from spnr_graph.store import open_store

        return open_store(self.location, read_only=read_only)

    @contextlib.contextmanager
    def store_if_any(self, *, optional: bool) -> Iterator[Store | None]:
        """Open the store to read it; None when there is none and none is needed."""
        if optional and "://" not in self.location and not Path(self.location).is_dir():
            yield None
            return
        with self.store() as store:
            yield store

    def say(self, *, fr: str, en: str) -> None:
        """Tell a person something on standard error, unless quiet."""
        if not self.quiet:
            click.echo(fr if self.lang == "fr" else en, err=True)

    def pick(self, *, fr: str, en: str) -> str:
        """Return the text in the language of the session."""
        return fr if self.lang == "fr" else en


pass_session = click.make_pass_decorator(Session)


class Failure(click.ClickException):
    """A ``SpnrError`` as a person reads it; the exit code says "could not be done"."""

    exit_code = 2

    def __init__(self, error: SpnrError, lang: str) -> None:
        """Keep the message in the language of the session."""
        super().__init__(error.text(lang))
        self.label = "Erreur" if lang == "fr" else "Error"

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's own signature
        """Print the message on standard error."""
        click.echo(
            f"{self.label} : {self.message}"
            if self.label == "Erreur"
            else f"{self.label}: {self.message}",
            file=file,
            err=True,
        )


class Verbs(click.Group):
    """A group that turns every ``SpnrError`` into a message and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SpnrError as error:
            lang = ctx.obj.lang if isinstance(ctx.obj, Session) else "fr"
            raise Failure(error, lang) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the data's way, not of the alphabet."""
        return list(self.commands)


def output_option(command: _Command) -> _Command:
    """Add ``-o``."""
    return click.option(
        "-o",
        "--output",
        default="-",
        metavar="FILE",
        type=click.Path(dir_okay=False, allow_dash=True),
        help="Where to write; standard output when '-' (the default).",
    )(command)


def format_option(default: str, *kinds: Kind) -> Callable[[_Command], _Command]:
    """Add ``-f`` with the formats that the registry knows for this kind of result."""
    from spnr_graph.render import names

    return click.option(
        "-f",
        "--format",
        "format_name",
        metavar="FORMAT",
        type=click.Choice(names(*kinds)),
        help=f"One of {', '.join(names(*kinds))}. Default: from the suffix of -o, "
        f"else {default}.",
    )


@contextlib.contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open an output: standard output, or a file that appears whole or not at all."""
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise DataError(
            fr=f"{path} : écriture impossible ({error.strerror}). Choisir un autre "
            "chemin avec -o.",
            en=f"{path}: cannot be written ({error.strerror}). Choose another path "
            "with -o.",
        ) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
