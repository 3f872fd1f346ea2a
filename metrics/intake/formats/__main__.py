"""The process that reads one file and exits: `python -m metrics.intake.formats FILE NAME [COPY]`.

With a third argument it writes the clean copy there, and verifies that it has the same cells.
"""

import gc
import os
import sys
from pathlib import Path

from metrics.core.errors import KeyedText, UnreadableError
from metrics.intake.formats import reader_answers
from metrics.intake.formats.limits import MEMORY_MEGABYTES, TIMES_WITH_COPY, impose_limits
from metrics.intake.formats.recognise import read_file, write_copy
from metrics.intake.formats.shared.container import two_readings_error
from metrics.intake.formats.submitted_file import SubmittedFile


def main() -> None:
    path, name, *copy = Path(sys.argv[1]), *sys.argv[2:]
    impose_limits(path, times=TIMES_WITH_COPY if copy else 1)
    gc.disable()  # the collector would scan a million cells repeatedly for nothing
    try:
        answer = read_and_copy(path, name, Path(copy[0])) if copy else read(path, name)
    except UnreadableError as error:
        if error.__cause__:  # what a library says, for someone who runs this by hand
            sys.stderr.write(f"{type(error.__cause__).__name__}: {error.__cause__}\n")
        answer = reader_answers.encode_refusal(error.text)
    except MemoryError:
        answer = reader_answers.encode_refusal(
            KeyedText.filled("much_memory_to_read", megabytes=MEMORY_MEGABYTES)
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, the sender must not be blamed
        sys.stdout.write(describe_fault(error))
        sys.exit(reader_answers.FAULT_OF_PROGRAM)
    try:
        sys.stdout.write(answer)
        sys.stdout.flush()
    except OSError:  # longer than the limit on the answer
        os._exit(reader_answers.OUTPUT_FAILED)


def read(path: Path, name: str) -> str:
    return reader_answers.encode_contents(read_file(SubmittedFile(path, name)))


def read_and_copy(path: Path, name: str, target: Path) -> str:
    """Write the clean copy too; an error if it has other cells when it is read.

    UnreadableError if the file is written so that readers may differ on it.
    """
    file = SubmittedFile(path, name)
    contents = read_file(file)
    write_copy(file, contents, target)
    answer, is_unusual = reader_answers.encode_contents(contents), contents.is_unusual
    del contents, file
    if reader_answers.cells_of(read(target, name)) != reader_answers.cells_of(answer):
        target.unlink()
        if is_unusual:
            raise two_readings_error()
        raise AssertionError("the clean copy does not read to the same cells")
    return answer


def describe_fault(error: Exception) -> str:
    # Imported here, because a process that reads its file does not need it.
    from metrics.core.crash_reports import describe_error, name_fault  # noqa: PLC0415

    return reader_answers.encode_fault(name_fault(error), describe_error(error))


if __name__ == "__main__":
    main()
