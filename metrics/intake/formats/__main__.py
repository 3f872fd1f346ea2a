"""The process that reads one file and exits: `python -m metrics.intake.formats FILE NAME`."""

import gc
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
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
