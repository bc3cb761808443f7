"""Files are written whole or not at all, never over what is read; folders of rule files hold no traps."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import sitthi
from sitthi import cli
from sitthi._cli import files, outputs

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "core" / "rulebook"
ON = ["--on", "2026-11-22"]
PEOPLE = "nationality,birth_date\nthai,1984-05-10\nthai,1990-01-01\n"


def run(*arguments):
    return cli.main([str(argument) for argument in arguments])


def _people(folder):
    path = folder / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def _link(path, kind):
    if kind == "same":
        return path
    link = path.with_name(f"other{path.suffix}")
    if kind == "symbolic":
        link.symlink_to(path)
    elif kind == "hard":
        os.link(path, link)
    else:
        return path.parent / ".." / path.parent.name / path.name
    return link


@pytest.mark.parametrize("kind", ["same", "symbolic", "hard", "another way"])
def test_what_is_read_is_not_written_over(capsys, tmp_path, kind):
    people = _people(tmp_path)
    for command in ("assess", "classify", "route"):
        out = _link(people, kind)
        assert run(command, "--in", people, "--out", out, *ON) == cli.WRONG
        assert "would be overwritten" in capsys.readouterr().err and people.read_text(encoding="utf-8") == PEOPLE
        if out != people and kind in ("symbolic", "hard"):
            out.unlink()


@pytest.mark.parametrize("option", ["--columns", "--rulebook"])
def test_no_file_that_an_option_names_is_written_over(capsys, tmp_path, option):
    people, read = _people(tmp_path), tmp_path / "read.csv"
    read.write_bytes(sitthi.Rulebook.built_in().to_bytes() if option == "--rulebook" else b"{}")
    before = read.read_bytes()
    assert run("assess", "--in", people, option, read, "--out", read, *ON) == cli.WRONG
    assert read.read_bytes() == before


def test_lines_of_complaints_and_reports_are_not_written_over(capsys, tmp_path):
    lines, data = tmp_path / "cases.jsonl", tmp_path / "data.json"
    lines.write_text('{"danger_now": false}\n', encoding="utf-8")
    data.write_text("{}", encoding="utf-8")
    assert run("route", "--in", lines, "--out", lines, *ON) == cli.WRONG and lines.read_text(encoding="utf-8") == '{"danger_now": false}\n'
    assert run("report", data, "--out", data) == cli.WRONG and data.read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("failure", [OSError("disk full"), KeyboardInterrupt(), ValueError("no")])
@pytest.mark.parametrize("end", ["csv", "parquet"])
def test_what_fails_half_way_leaves_the_older_file(capsys, tmp_path, monkeypatch, failure, end):
    people, out = _people(tmp_path), tmp_path / f"out.{end}"
    out.write_text("older", encoding="utf-8")

    def write(self, table):
        self._writer.write_table(table.cast(self._schema))
        raise failure

    monkeypatch.setattr(files.Writer, "write", write)
    assert run("assess", "--in", people, "--out", out, *ON) != 0
    assert out.read_text(encoding="utf-8") == "older" and sorted(path.name for path in tmp_path.iterdir()) == sorted([people.name, out.name])


def test_a_full_disk_leaves_the_older_file(tmp_path):
    out = tmp_path / "people.csv"
    out.write_text("older", encoding="utf-8")

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    done = subprocess.run([sys.executable, "-m", "sitthi", "synth", "5000", "--out", str(out)], capture_output=True, text=True, preexec_fn=small, check=False)
    assert done.returncode == cli.WRONG and out.read_text(encoding="utf-8") == "older" and [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("older", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    outputs.write_text(link, "newer")
    assert link.is_symlink() and real.read_text(encoding="utf-8") == "newer" and real.stat().st_mode & 0o777 == 0o640
    fresh = tmp_path / "fresh.csv"
    outputs.write_text(fresh, "x")
    mask = os.umask(0)
    os.umask(mask)
    assert fresh.stat().st_mode & 0o777 == 0o666 & ~mask


def test_what_is_no_regular_file_is_written_to(capsys, tmp_path):
    people = _people(tmp_path)
    assert run("rulebook", "compile", BOOK, "--out", "/dev/null") == 0
    null = tmp_path / "null.csv"
    null.symlink_to("/dev/null")
    assert run("assess", "--in", people, "--out", null, *ON) == 0 and null.is_symlink() and not Path("/dev/null").is_file()


def test_a_folder_that_is_not_there_is_named(capsys, tmp_path):
    out = tmp_path / "nowhere" / "out.csv"
    assert run("assess", "--in", _people(tmp_path), "--out", out, *ON) == cli.WRONG
    assert str(out) in capsys.readouterr().err


def _book(tmp_path):
    return Path(shutil.copytree(BOOK, tmp_path / "book"))


def test_links_to_folders_are_not_followed(tmp_path):
    book = _book(tmp_path)
    (book / "schemes" / "again").symlink_to(book)
    (book / "self").symlink_to(book / "self")
    assert sitthi.Rulebook.from_folder(book).schemes == sitthi.Rulebook.built_in().schemes
    assert sitthi.Rulebook.check(book) == []


@pytest.mark.parametrize("kind", ["pipe", "link", "device"])
def test_a_rule_file_is_a_regular_file(tmp_path, kind):
    book = _book(tmp_path)
    trap = book / "schemes" / "trap.toml"
    if kind == "pipe":
        os.mkfifo(trap)
    else:
        trap.symlink_to("/dev/zero" if kind == "device" else book / "schemes" / "ucs.toml")
    for read in (sitthi.Rulebook.from_folder, sitthi.Rulebook.check, sitthi.Rulebook.compile):
        with pytest.raises(sitthi.SitthiError, match="trap.toml` is no regular file"):
            read(book)


def test_folders_are_not_read_without_end(tmp_path):
    deep = _book(tmp_path)
    for _ in range(20):
        deep = deep / "x"
        deep.mkdir()
    with pytest.raises(sitthi.SitthiError, match="nested too deeply"):
        sitthi.Rulebook.from_folder(tmp_path / "book")
    large = tmp_path / "large"
    large.mkdir()
    with open(large / "x.toml", "wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(sitthi.SitthiError, match="too large"):
        sitthi.Rulebook.from_folder(large)


def test_decisions_of_a_file_are_the_same_as_before(capsys, tmp_path):
    lines, out = tmp_path / "cases.jsonl", tmp_path / "out.jsonl"
    lines.write_text('{"danger_now": true}\n{"danger_now": false}\n', encoding="utf-8")
    assert run("route", "--in", lines, "--out", out, *ON) == 0
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["kind"] for one in written] == ["routing", "routing"]
