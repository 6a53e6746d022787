"""What every command shares: the session, its options, its output."""

from __future__ import annotations

import contextlib
import errno
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

#: What the system says of an output that cannot be written, in French.
_REASONS = {
    errno.EACCES: "les droits ne le permettent pas",
    errno.EDQUOT: "le quota est épuisé",
    errno.EISDIR: "c'est un dossier",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.ENOSPC: "il n'y a plus de place sur le disque",
    errno.ENOTDIR: "un élément du chemin n'est pas un dossier",
    errno.EEXIST: "un élément du chemin n'est pas un dossier",
    errno.EPERM: "les droits ne le permettent pas",
    errno.EROFS: "le disque est en lecture seule",
}

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Session:
    """The options that stand before the command."""

    location: str
    root: str | None
    lang: str
    quiet: bool
    timeout: float | None = None

    @property
    def project(self) -> Project:
        """The folder with ontology, data and queries."""
        from spnr_graph.project import open_project

        return open_project(self.root)

    def store(self, *, read_only: bool = True) -> Store:
        """Open the store; only ``load`` asks to write."""
        from spnr_graph.store import open_store

        if self.timeout is None:
            return open_store(self.location, read_only=read_only)
        return open_store(self.location, read_only=read_only, timeout=self.timeout)

    @contextlib.contextmanager
    def store_if_any(self, *, optional: bool) -> Iterator[Store | None]:
        """Open the store to read it; None when there is none and none is needed."""
        if optional and "://" not in self.location and not Path(self.location).is_dir():
            yield None
            return
        with self.store() as store:
            yield store

    @contextlib.contextmanager
    def store_or_empty(self) -> Iterator[Store]:
        """Open the store to read it, or an empty one in memory when there is none."""
        from spnr_graph.store import open_store

        with self.store_if_any(optional=True) as store:
            if store is not None:
                yield store
                return
        with open_store("memory:") as empty:
            yield empty

    def say(self, *, fr: str, en: str) -> None:
        """Tell a person something on standard error, unless quiet."""
        if not self.quiet:
            click.echo(fr if self.lang == "fr" else en, err=True)

    def pick(self, *, fr: str, en: str) -> str:
        """Return the text in the language of the session."""
        return fr if self.lang == "fr" else en


def show_error(error: SpnrError, lang: str) -> None:
    """Print an error on standard error."""
    label = "Erreur :" if lang == "fr" else "Error:"
    click.echo(f"{label} {error.text(lang)}", err=True)


pass_session = click.make_pass_decorator(Session)


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
    """Open an output: standard output, or a file that appears whole or not at all.

    Raises:
        DataError: the output cannot be written.
        BrokenPipeError: whoever reads standard output wants no more.
    """
    name = "-" if path == "-" else os.path.realpath(path)
    try:
        if name == "-":
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        elif Path(name).exists() and not Path(name).is_file():
            with Path(name).open("wb") as stream:  # a device or a named pipe
                yield stream
        else:
            with _replacing(Path(name)) as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        if name == "-":
            discard_output()
        raise _unwritable(path, error) from error


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """Write beside a file, and put the whole in its place at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".spnr-")
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


def discard_output() -> None:
    """Let what standard output still holds go nowhere, so that the end is quiet."""
    try:
        place = sys.stdout.fileno()
    except (OSError, ValueError):
        return  # not a real file: it holds nothing back
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, place)
    os.close(nowhere)


def _unwritable(path: str, error: OSError) -> DataError:
    what = ("sortie standard", "standard output") if path == "-" else (path, path)
    why = error.strerror or str(error)
    return DataError(
        fr=f"{what[0]} : écriture impossible ({_REASONS.get(error.errno or 0, why)}). "
        "Faire de la place, ou choisir un autre chemin avec -o.",
        en=f"{what[1]}: cannot be written ({why}). Make room, or choose another path "
        "with -o.",
    )
