#!/usr/bin/env python3
"""Checks that folders are layers: who includes whom, and which library lives in which room.

The two tables below are ARCHITECTURE.md's "who may include whom" in the form that a machine reads.
Usage: check_layers.py ROOT
"""

import fnmatch
import re
import sys
from pathlib import Path

# room -> what its files may include from this repository. A file belongs to the first room that
# matches; patterns are those of the shell, where * crosses folders.
LAYERS = [
    ("schema/*", ["schema/*"]),
    ("indexer/readers/*", ["schema/*", "indexer/readers/*"]),
    ("indexer/normalize/*", ["schema/*", "indexer/normalize/*", "indexer/readers/reader.h"]),
    ("indexer/stories/*", ["schema/*", "indexer/stories/*"]),
    ("indexer/write/*", ["schema/*", "indexer/stories/*", "indexer/write/*"]),
    ("indexer/intake/*", ["schema/*", "indexer/intake/*"]),
    ("indexer/*", ["schema/*", "indexer/*"]),
    ("server/store/*", ["schema/*", "server/store/*"]),
    ("server/search/*", ["schema/*", "server/store/*", "server/search/*"]),
    ("server/desk/*", ["schema/*", "server/desk/*"]),
    ("server/http/*", ["schema/*", "server/http/*"]),
    ("server/api/*", ["schema/*", "server/store/*", "server/search/*", "server/desk/*",
                      "server/http/*", "server/api/*"]),
    ("server/bundle/*", ["schema/*", "server/http/*", "server/api/*", "server/bundle/*"]),
    ("server/compat/*", ["schema/*", "server/search/*", "server/desk/*", "server/http/*",
                         "server/compat/*"]),
    ("server/*", ["schema/*", "server/*"]),
    ("tests/*", ["schema/*", "indexer/*", "server/*", "tests/*"]),
]

# outside header -> the rooms where it may be included. Tests may include anything.
ROOMS = [
    ("xapian*", ["schema/*", "indexer/write/*", "server/store/*"]),
    ("httplib.h", ["server/http/server.*"]),
    ("sqlite3.h", ["schema/sqlite.*"]),
    ("libxml/*", ["indexer/readers/xml.*"]),
    ("curl/*", ["indexer/intake/feed_transfer.*"]),
    ("nlohmann/json_fwd.hpp", ["*"]),
    ("nlohmann/*", ["indexer/readers/*", "indexer/main.cpp", "indexer/commands/*",
                    "indexer/import*", "indexer/write/*", "server/api/*",
                    "server/bundle/*", "server/http/reply.cpp", "server/export.cpp"]),
    ("spdlog/fmt/*", ["*"]),  # formatting is not logging
    ("spdlog/*", ["indexer/main.cpp", "indexer/commands/*", "indexer/import*", "indexer/watch*",
                  "server/main.cpp", "server/export.cpp", "server/http/server.cpp"]),
    ("CLI/*", ["indexer/main.cpp", "indexer/commands/*", "server/main.cpp"]),
]

SOURCE_FOLDERS = ("schema", "indexer", "server", "tests")
TOP_FOLDERS = SOURCE_FOLDERS + ("scripts",)
VAGUE_NAME = re.compile(r"(^|_)(manager|helper|util|utils|common|misc|impl)(_|$)")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def matches(path, patterns):
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def includes_of(text):
    """Yields (line number, opening character, name) for each include line."""
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def judge_include(path, name):
    """The reason why `path` must not include `name`, or None."""
    if name.split("/")[0] in TOP_FOLDERS:
        allowed = next((targets for room, targets in LAYERS if matches(path, [room])), [])
        if not matches(name, allowed):
            return f"may not include {name}: its layer may use {', '.join(allowed)}"
        return None
    if path.startswith("tests/"):
        return None
    for header, rooms in ROOMS:
        if fnmatch.fnmatchcase(name, header):
            if not matches(path, rooms):
                return f"may not include <{name}>: that library's room is {', '.join(rooms)}"
            return None
    return None


def check_file(root, path):
    """Yields one message for each fault of the file at `path` (relative to root)."""
    stem = Path(path).stem
    if VAGUE_NAME.search(stem):
        yield f"{path}: the name says nothing; call it by what it knows"
    for number, opening, name in includes_of((root / path).read_text(encoding="utf-8")):
        reason = judge_include(path, name)
        if reason:
            yield f"{path}:{number}: {reason}"
        elif opening == '"' and "/" not in name and (root / path).with_name(name).exists():
            yield f"{path}:{number}: include it from the root: \"{Path(path).parent}/{name}\""


def check_top_folders(root):
    ignored = set()
    if (root / ".gitignore").exists():
        ignored = {line.strip().strip("/") for line in (root / ".gitignore").open()}
    for entry in sorted(root.iterdir()):
        name = entry.name
        if entry.is_dir() and not name.startswith(".") and name not in ignored | set(TOP_FOLDERS):
            yield f"{name}/: only {', '.join(sorted(TOP_FOLDERS))} are folders at the top"


def check(root):
    """All faults below root, as messages."""
    faults = list(check_top_folders(root))
    for folder in SOURCE_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in (".h", ".cpp"):
                faults += check_file(root, file.relative_to(root).as_posix())
    return faults


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check_layers.py ROOT")
    faults = check(Path(sys.argv[1]))
    for fault in faults:
        print(fault)
    print(f"check_layers: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
