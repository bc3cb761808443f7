"""The command ``sitthi``: the library on files and facts, at a terminal.

Exit codes: 0 done; 1 the rulebook has faults, or rows could not be answered (the others were); 2 the command or its input is wrong;
3 a package of an extra is missing; 130 interrupted; 141 whoever read standard output went away. Results go to standard output or ``--out``, all else
to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from ._cli.exits import DONE, FAULTS, INTERRUPTED, MISSING, UNREAD, WRONG, UsageError
from ._cli.line import parser
from ._cli.outputs import refuse_inputs
from ._cli.say import in_options, note
from ._extras import MissingExtraError

__all__ = ["DONE", "FAULTS", "INTERRUPTED", "MISSING", "UNREAD", "WRONG", "UsageError", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding must not stop Thai text.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = parser().parse_args(arguments)
        refuse_inputs(options)
        code: int = options.run(options) or DONE
        # What is still held back must fail here, where it is understood, and not while Python ends.
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _unread()
    except MissingExtraError as error:
        return _fail(str(error), MISSING)
    except ImportError as error:
        return _fail(f"{error} (the compiled part of sitthi is missing; install the wheel: pip install sitthi)", MISSING)
    except (ValueError, TypeError, KeyError, OSError) as error:
        # The errors of the library are kinds of ValueError and name the place themselves.
        text = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
        return _fail(in_options(text), WRONG)
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)


def _fail(text: str, code: int) -> int:
    note(text)
    return code


def _unread() -> int:
    """Nobody reads on, as in ``sitthi plan | head -1``: that is no fault, and what is left goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UNREAD
