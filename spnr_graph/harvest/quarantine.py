"""Deliveries that were refused, kept beside the store with the report that says why."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import StoreError
from spnr_graph.read.sources import slug

if TYPE_CHECKING:
    from spnr_graph.read.stream import Material

#: Deliveries kept of one dataset, the latest ones.
KEPT: Final = 10
#: Bytes of one delivery that are kept; of a larger one, the reports alone are.
LARGEST: Final = 200_000_000
_REPORTS: Final = ("rapport.txt", "rapport.json")
_DIGEST_LENGTH: Final = 12
_PENDING: Final = ".spnr-"
_PIECE: Final = 1 << 20
_UNSAFE: Final = re.compile(r"[^\w.\- ]+")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A delivery in quarantine.

    Attributes:
        dataset: name of its dataset, as it can stand in a path.
        path: folder that holds it.
        delivery: the file as it came; None when it was too large to be kept.
        size: its bytes.
    """

    dataset: str
    path: Path
    delivery: Path | None
    size: int


@dataclass(frozen=True)
class Quarantine:
    """A folder of refused deliveries: ``{dataset}/{first digits of the SHA-256}/``."""

    directory: Path

    def keep(
        self, name: str, material: Material, report_text: str, report_json: str
    ) -> Path:
        """Keep a delivery and its reports; the same one again has its reports renewed.

        Whoever looks sees the whole folder or none. Older deliveries of the dataset
        than the last ten go away.

        Args:
            name: of the dataset.
            material: the delivery.
            report_text: why it was refused, for a person.
            report_json: the same, for a program.

        Returns:
            The folder.

        Raises:
            StoreError: the folder cannot be written.
        """
        place = self.directory / slug(name)
        try:
            place.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place, prefix=_PENDING) as pending:
                made = Path(pending, "folder")
                digest = _fill(made, material, report_text, report_json)
                target = place / digest
                _put(made, target, Path(pending, "former"))
            for old in _latest_first(place)[KEPT:]:
                shutil.rmtree(old)
        except OSError as exc:
            raise _unwritable(place, exc) from exc
        return target

    def list(self) -> tuple[Kept, ...]:
        """Return what is kept, by dataset, the latest first."""
        if not self.directory.is_dir():
            return ()
        places = sorted(each for each in self.directory.iterdir() if each.is_dir())
        return tuple(
            _kept(place.name, folder)
            for place in places
            for folder in _latest_first(place)
        )


def quarantine_of(location: str) -> Path | None:
    """Return where deliveries refused by a store are kept: beside its directory.

    Args:
        location: of the store; None comes for those that are no directory.
    """
    if "://" in location or location == "memory:":
        return None
    return Path(location).absolute().parent / "quarantaine"


def _fill(made: Path, material: Material, text: str, json: str) -> str:
    """Write a delivery and its reports; return the first digits of its digest."""
    made.mkdir()
    delivery = made / _file_name(material.name)
    digest, size = hashlib.sha256(), 0
    with material.open() as source, delivery.open("wb") as output:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            if size <= LARGEST:
                output.write(piece)
    if size > LARGEST:
        delivery.unlink()
        text += (
            f"\nLivraison de {size} octets, trop grande pour être conservée ici.\n"
            f"Delivery of {size} bytes, too large to be kept here.\n"
        )
    for name, content in zip(_REPORTS, (text, json), strict=True):
        (made / name).write_text(content, encoding="utf-8")
    return digest.hexdigest()[:_DIGEST_LENGTH]


def _file_name(name: str) -> str:
    """Return a file name that is safe here and still that of the partner."""
    safe = _UNSAFE.sub("_", name).strip(" .")[-100:]
    return f"livraison-{safe}" if not safe or safe in _REPORTS else safe


def _put(made: Path, target: Path, former: Path) -> None:
    """Put a folder in its place, in place of a former one."""
    if target.exists():
        target.replace(former)
    made.replace(target)


def _latest_first(place: Path) -> list[Path]:
    """Return the folders of a dataset by their age; one being written is none."""
    folders = (each for each in place.iterdir() if not each.name.startswith(_PENDING))
    return sorted(
        (each for each in folders if each.is_dir()),
        key=lambda folder: (-folder.stat().st_mtime_ns, folder.name),
    )


def _kept(dataset: str, folder: Path) -> Kept:
    files = [each for each in sorted(folder.iterdir()) if each.name not in _REPORTS]
    return Kept(
        dataset=dataset,
        path=folder,
        delivery=files[0] if files else None,
        size=files[0].stat().st_size if files else 0,
    )


def _unwritable(place: Path, exc: OSError) -> StoreError:
    return StoreError(
        fr=f"{place} : la quarantaine ne peut pas être écrite ({exc.strerror}). "
        "Vérifier les droits et la place sur le disque.",
        en=f"{place}: the quarantine cannot be written ({exc.strerror}). Check the "
        "permissions and the room on the disk.",
    )
