"""Files that are written whole or not at all."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .exits import UsageError

# The options that name a file to read.
_INPUTS = ("input", "file", "columns", "rulebook", "targets", "values", "given", "data", "path")


def refuse_inputs(options: argparse.Namespace) -> None:
    """Refuse to write over what is read, also by way of a link."""
    out = getattr(options, "out", None)
    if not out or not os.path.exists(out) or not os.path.isfile(out):
        return
    for name in _INPUTS:
        read = getattr(options, name, None)
        if isinstance(read, str) and os.path.exists(read) and os.path.samefile(read, out):
            raise UsageError(f"`{out}` is read and would be overwritten; name another file with --out")


@contextmanager
def whole(path: str | Path) -> Iterator[str]:
    """The path to write to: a file beside the one that is named, which takes its place once it is whole and on the disk.

    Where anything fails, the older file stays as it was. A link stays a link: the file that it points to is replaced. What is no
    regular file, such as `/dev/null` or a pipe, is written to directly.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        yield target
        return
    folder, name = os.path.split(target)
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder or ".")
    except OSError as error:
        # The file that could not be made is the caller's, not the one beside it.
        raise OSError(error.errno, error.strerror, str(path)) from error
    os.close(handle)
    try:
        os.chmod(beside, _mode(target))
        yield beside
        with open(beside, "rb") as written:
            os.fsync(written.fileno())
        os.replace(beside, target)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def write_text(path: str | Path, text: str) -> None:
    """Write a text file whole."""
    write_bytes(path, text.encode())


def write_bytes(path: str | Path, content: bytes) -> None:
    """Write a file whole."""
    with whole(path) as beside:
        Path(beside).write_bytes(content)


def _mode(target: str) -> int:
    """The permissions that the file has, or that a new one would get."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
