"""Checks the generated Swift sources as far as that goes without a Swift compiler.

The C header must compile, every function it declares must exist in the library, and the Swift source must parse.
Prints one line per check and `N passed, N failed`.

    python check.py GENERATED_FOLDER LIBRARY
"""

import re
import subprocess
import sys
from pathlib import Path

import tree_sitter_swift
from tree_sitter import Language, Parser


def header_compiles(header: Path) -> str:
    command = ["gcc", "-fsyntax-only", "-D_Nonnull=", "-D_Nullable=", "-include", str(header), "-x", "c", "/dev/null"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def functions_exist(header: Path, library: Path) -> str:
    declared = set(re.findall(r"\b((?:ffi|uniffi)_\w+)\s*\(", header.read_text(encoding="utf-8")))
    listed = subprocess.run(["nm", "-D", "--defined-only", str(library)], capture_output=True, text=True, check=True).stdout
    missing = declared - {line.split()[-1] for line in listed.splitlines()}
    if not declared:
        return "the header declares no function"
    return f"not in the library: {sorted(missing)}" if missing else ""


def without_conditions(source: str) -> str:
    """Takes the first branch of each `#if`: the grammar does not know conditional compilation inside declarations."""
    kept, branches = [], []
    for line in source.splitlines():
        word = line.strip()
        if word.startswith("#if"):
            branches.append(True)
        elif word.startswith(("#elseif", "#else")):
            branches[-1] = False
        elif word.startswith("#endif"):
            branches.pop()
        elif all(branches):
            kept.append(line)
    return "\n".join(kept)


def source_parses(source: Path) -> str:
    parser = Parser(Language(tree_sitter_swift.language()))
    text = without_conditions(source.read_text(encoding="utf-8"))
    tree = parser.parse(text.encode())
    if not tree.root_node.has_error:
        return ""
    faults, open_nodes = [], [tree.root_node]
    while open_nodes:
        node = open_nodes.pop()
        if node.is_error or node.is_missing:
            faults.append(f"line {node.start_point.row + 1}: {text.splitlines()[node.start_point.row].strip()}")
        open_nodes.extend(node.children)
    return "; ".join(faults)


def main() -> int:
    folder, library = Path(sys.argv[1]), Path(sys.argv[2])
    header, source = next(folder.glob("*FFI.h")), next(folder.glob("*.swift"))
    results = {
        "the C header compiles": header_compiles(header),
        "every declared function is in the library": functions_exist(header, library),
        "the Swift source parses": source_parses(source),
    }
    for name, fault in results.items():
        print(f"{'failed' if fault else 'passed'}: {name}{': ' + fault if fault else ''}")
    failed = sum(bool(fault) for fault in results.values())
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
