#!/usr/bin/env python3
"""Checks that no source file outgrows what can be held in mind; names those on the way there.

Functions are measured by clang-tidy (readability-function-size), not here.
Usage: check_sizes.py ROOT
"""

import sys
from pathlib import Path

MOST_LINES = 400  # a file above this has more than one subject: split it
NOTICE_LINES = 250  # nine files in ten stay below this
FOLDERS = ("schema", "indexer", "server", "tests", "scripts")
SUFFIXES = (".h", ".cpp", ".sql", ".py", ".sh", ".js", ".css", ".html")


def is_source(file):
    # Scripts without a suffix are known by their first bytes.
    if file.suffix:
        return file.suffix in SUFFIXES
    with file.open("rb") as opened:
        return opened.read(2) == b"#!"


def line_counts(root):
    """(relative path, lines) of every source file below root, longest first."""
    counts = []
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            # Test data is what others wrote; its size is not ours to judge.
            if file.is_file() and not path.startswith("tests/data/") and is_source(file):
                counts.append((path, len(file.read_bytes().splitlines())))
    return sorted(counts, key=lambda entry: (-entry[1], entry[0]))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check_sizes.py ROOT")
    counts = line_counts(Path(sys.argv[1]))
    faults = [entry for entry in counts if entry[1] > MOST_LINES]
    for path, lines in counts:
        if lines > MOST_LINES:
            print(f"{path}: {lines} lines, {MOST_LINES} are allowed: split it by subject")
        elif lines > NOTICE_LINES:
            print(f"notice: {path}: {lines} lines (from {MOST_LINES} on it must be split)")
    print(f"check_sizes: {len(counts)} files, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
