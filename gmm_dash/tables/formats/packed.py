"""One packed table: a .gz file or a zip archive with a single file, opened within the limits."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.formats.archive import DAMAGE, only_one

if TYPE_CHECKING:
    import zipfile

    from gmm_dash.files.limits import Limits

_R_FILES: Final = (b"X\n\x00\x00", b"A\n", b"RDX2", b"RDX3", b"RDA3")


def unpack_gzip(data: bytes, limits: Limits) -> bytes:
    """Return what a .gz file holds.

    Raises
    ------
    ImportProblem
        When it is damaged, unpacks to more than is allowed, or is R's own format.
    """
    machine = zlib.decompressobj(wbits=31)
    try:
        content = machine.decompress(data, limits.max_unpacked)
        if machine.unconsumed_tail:
            raise ImportProblem(
                f"The packed file holds more than {limits.max_unpacked / 1e6:,.0f} MB.",
                hint="Save fewer rows or columns.",
            )
    except zlib.error:
        content = b""
    if not machine.eof:
        raise ImportProblem(
            "The file packed with gzip is damaged or cut short.", hint="Pack the table again."
        )
    if content.startswith(_R_FILES):
        raise ImportProblem(
            "This is a file of R (.rds or .RData, packed with gzip), not a table.",
            hint='Write it in R with write.csv(x, "table.csv") and choose that file.',
        )
    return content


def only_file(archive: zipfile.ZipFile) -> bytes:
    """Return what the only file in an archive holds."""
    try:
        return archive.read(only_one(archive)[0])
    except DAMAGE:
        raise ImportProblem(
            "The zip archive is damaged.", hint="Pack the table again, or unpack it."
        ) from None
