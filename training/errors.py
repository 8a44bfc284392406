"""What every command does with bad input: one line that says what to do, and exit code 2."""

import sys
from collections.abc import Callable

USAGE_EXIT = 2


def run_command(main: Callable[[], None]) -> None:
    """Runs a command; a ValueError or a missing file becomes one line on stderr."""
    try:
        main()
    except (ValueError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        sys.exit(USAGE_EXIT)
