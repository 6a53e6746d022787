"""What a person reads, and the exit code, when a command cannot be done."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import click

from spnr_graph.cli.session import discard_output
from spnr_graph.errors import SpnrError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Exit codes of a shell for a program ended by SIGINT and by SIGPIPE.
INTERRUPTED: Final = 130
UNREAD: Final = 141


class Failure(click.ClickException):
    """An error in the language of the session; exit code 2 is "could not be done"."""

    exit_code = 2

    def __init__(self, message: str, lang: str) -> None:
        """Keep the message and its language."""
        super().__init__(message)
        self.lang = lang

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's own signature
        """Print the message on standard error."""
        label = "Erreur :" if self.lang == "fr" else "Error:"
        click.echo(f"{label} {self.message}", file=file, err=True)


class Interrupted(Failure):
    """The person gave up, by Ctrl-C."""

    exit_code = INTERRUPTED


class Misuse(click.UsageError):
    """A command line that is no command of ours, told in French."""

    def __init__(self, error: click.UsageError) -> None:
        """Translate what click says."""
        super().__init__(_french(error), error.ctx)

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's own signature
        """Print usage, where help is, and the message on standard error."""
        if self.ctx is not None:
            usage = self.ctx.get_usage().replace("Usage:", "Usage :", 1)
            help_ = f"Aide : {self.ctx.command_path} --help"
            click.echo(f"{usage}\n{help_}\n", file=file, err=True)
        click.echo(f"Erreur : {self.message}", file=file, err=True)


class Verbs(click.Group):
    """A group whose every error is a message in the language of the session."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> click.Context:
        """Read the options that stand before the command."""
        lang = _spoken(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise (Misuse(error) if lang == "fr" else error) from error

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        lang = str(ctx.params["lang"])
        try:
            return super().invoke(ctx)
        except SpnrError as error:
            raise Failure(error.text(lang), lang) from error
        except click.UsageError as error:
            raise (Misuse(error) if lang == "fr" else error) from error
        except BrokenPipeError as error:
            discard_output()
            raise click.exceptions.Exit(UNREAD) from error
        except KeyboardInterrupt as error:
            raise Interrupted(_interrupted(lang), lang) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the data's way, not of the alphabet."""
        return list(self.commands)


def _interrupted(lang: str) -> str:
    if lang == "fr":
        return (
            "interrompu. Rien n'est à moitié écrit ; relancer la commande pour finir."
        )
    return "interrupted. Nothing is half written; run the command again to finish."


def _spoken(args: Sequence[str]) -> str:
    """Return the language asked for, before the command line is understood."""
    words = [part for word in args for part in word.split("=", 1)]
    given = [after for word, after in pairwise(words) if word == "--lang"]
    asked = (given or [os.environ.get("SPNR_LANG", "fr")])[0]
    return "en" if asked == "en" else "fr"


def _french(error: click.UsageError) -> str:
    """Say in French what click found wrong."""
    if isinstance(error, click.NoSuchOption):
        near = _near(error.possibilities)
        return f"l'option {error.option_name} n'existe pas.{near}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = _near(error.possibilities)
        return f"la commande {error.command_name} n'existe pas.{near}"
    if isinstance(error, click.BadOptionUsage):
        return _bad_option(error)
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    extra = error.message.partition("(")[2].removesuffix(")")
    if extra:
        return f"de trop sur la ligne de commande : {extra}."
    return error.message


def _near(names: Iterable[str] | None) -> str:
    found = ", ".join(sorted(names or ()))
    return f" Voulait-on dire {found} ?" if found else ""


def _bad_option(error: click.BadOptionUsage) -> str:
    """Say what an option takes; click tells only in words."""
    name = error.option_name
    if "does not take" in error.message:
        return f"l'option {name} ne prend pas de valeur."
    several = re.search(r"requires (\d+) arguments", error.message)
    wanted = f"{several[1]} valeurs" if several else "une valeur"
    return f"l'option {name} attend {wanted}."


def _between(kind: click.IntRange | click.FloatRange) -> str:
    """Say which numbers an option takes."""
    if kind.max is not None:
        ends = ((kind.min, kind.min_open), (kind.max, kind.max_open))
        low, high = (f"{end}{' (exclu)' if open_ else ''}" for end, open_ in ends)
        return f"entre {low} et {high}"
    return "plus grand que zéro" if kind.min or kind.min_open else "positif ou nul"


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    name = max(error.param.opts, key=len) if error.param is not None else "?"
    start = f"la valeur donnée à {name} ne convient pas"
    if isinstance(kind, click.Choice):
        return f"{start}. Choisir parmi : {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.DateTime):
        return f"{start}. Écrire une date comme 2026-01-31."
    if isinstance(kind, click.Path):
        wanted = "fichier" if kind.file_okay else "dossier"
        return f"{start}. Donner un {wanted}."
    if isinstance(kind, click.IntRange | click.FloatRange):
        return f"{start}. Donner un nombre {_between(kind)}."
    return f"{start} : {error.message}"
