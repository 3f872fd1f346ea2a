"""The process that opens one file and dies: `python -m metrics.intake.formats FILE NAME`."""

import gc
import sys
from pathlib import Path

from metrics.core.errors import UnreadableError
from metrics.intake.formats import Contents, ods, separated, wire, xlsx
from metrics.intake.formats.container import Container
from metrics.intake.formats.limits import MEGABYTE, MEMORY_MEGABYTES, impose
from metrics.intake.formats.recognise import is_zip, keep_promise, refuse_other, zipped

HEAD = 8 * MEGABYTE  # the directory of an old Office file may lie far from its beginning


def main() -> None:
    path, name = Path(sys.argv[1]), sys.argv[2]
    impose(path)
    gc.disable()  # it would look through a million cells again and again, and find nothing
    try:
        answer = wire.written(read(path, name))
    except UnreadableError as wrong:
        answer = wire.refusal(str(wrong))
    except MemoryError:
        answer = wire.refusal(f"needs more than {MEMORY_MEGABYTES} MB of memory to read; "
                              "remove what is not needed, or send it in parts")  # fmt: skip
    sys.stdout.write(answer)


def read(path: Path, name: str) -> Contents:
    with path.open("rb") as file:
        head = file.read(HEAD)
    refuse_other(head)
    if not is_zip(path, head):
        contents = separated.read(path, name)
        keep_promise(name, "csv")
        return contents
    container = Container(path)
    kind = zipped(container)
    keep_promise(name, kind)
    if kind == "ods":
        return ods.read(container)
    contents = xlsx.read(path, container)
    contents.format = kind
    return contents


if __name__ == "__main__":
    main()
