"""The process that reads one file and exits: `python -m metrics.intake.formats FILE NAME`."""

import gc
import os
import sys
from pathlib import Path

from metrics.core.errors import UnreadableError
from metrics.intake.formats import wire
from metrics.intake.formats.limits import MEMORY_MEGABYTES, impose_limits
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.submitted_file import SubmittedFile


def main() -> None:
    path, name = Path(sys.argv[1]), sys.argv[2]
    impose_limits(path)
    gc.disable()  # the collector would scan a million cells repeatedly for nothing
    try:
        answer = wire.encode_contents(read_file(SubmittedFile(path, name)))
    except UnreadableError as error:
        answer = wire.encode_refusal(str(error))
    except MemoryError:
        answer = wire.encode_refusal(
            f"needs more than {MEMORY_MEGABYTES} MB of memory to read; "
            "remove what is not needed, or send it in parts"
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, the sender must not be blamed
        sys.stdout.write(describe_fault(error))
        sys.exit(wire.FAULT_OF_PROGRAM)
    try:
        sys.stdout.write(answer)
        sys.stdout.flush()
    except OSError:  # longer than the limit on the answer
        os._exit(wire.OUTPUT_FAILED)


def describe_fault(error: Exception) -> str:
    # Imported here, because a process that reads its file does not need it.
    from metrics.core.crash_reports import describe_error, name_fault  # noqa: PLC0415

    return wire.encode_fault(name_fault(error), describe_error(error))


if __name__ == "__main__":
    main()
