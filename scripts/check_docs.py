#!/usr/bin/env python3
"""Checks that the documents tell the truth: links, paths, tables, flags and endpoints exist.

Also that every source file opens with a few lines saying what it is for.
Usage: check_docs.py ROOT
"""

import re
import sys
from pathlib import Path

SOURCE_FOLDERS = ("schema", "indexer", "server", "tests")
TOP_FOLDERS = SOURCE_FOLDERS + ("scripts", ".ci")
MOST_OPENING_LINES = 6  # more than this is a document: it belongs in the folder's README

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE_SPAN = re.compile(r"`([^`\n]+)`")
PATH_SHAPE = re.compile(r"^[A-Za-z0-9_.*-]+(/[A-Za-z0-9_.*-]+)*/?$")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"CREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)", re.IGNORECASE)
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]+")
ENDPOINT = re.compile(r"/v1/[a-z_]+|/(?:livez|readyz|metrics|version|openapi\.json)\b")


def anchor_of(heading):
    """The anchor that GitHub derives from a heading."""
    kept = re.sub(r"[^\w\s-]", "", heading.replace("`", "").lower())
    return re.sub(r"\s", "-", kept.strip())


def documents(root):
    """Every Markdown file that we wrote."""
    folders = [root] + [root / folder for folder in TOP_FOLDERS]
    for folder in folders:
        found = folder.glob("*.md") if folder == root else folder.rglob("*.md")
        yield from sorted(file for file in found if "tests/data" not in file.as_posix())


def check_links(root, document, text):
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"^[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists():
            yield f"link to {target}: there is no such file"
        elif anchor and file.suffix == ".md":
            anchors = {anchor_of(heading) for heading in HEADING.findall(file.read_text())}
            if anchor not in anchors:
                yield f"link to {target}: there is no such heading"


def names_a_path(span):
    """Whether a code span claims that a file or folder of this repository exists."""
    if not PATH_SHAPE.match(span) or "..." in span or re.search(r"000N|_N\b", span):
        return False
    return span.split("/")[0] in TOP_FOLDERS and "/" in span


def check_paths(root, document, text):
    for span in sorted(set(CODE_SPAN.findall(FENCE.sub("", text)))):
        path = re.split(r"[\s:]", span)[0]
        if names_a_path(path) and not any(root.glob(path.rstrip("/"))):
            yield f"names `{path}`: there is no such file or folder"


def check_stored_names(root):
    """schema/README.md is the prose of what is stored: it names each migration and table."""
    readme = root / "schema/README.md"
    migrations = sorted((root / "schema/migrations").glob("*.sql"))
    if not migrations:
        return
    if not readme.exists():
        yield "schema/README.md: missing; it tells what is stored"
        return
    prose = readme.read_text()
    for migration in migrations:
        if migration.name not in prose:
            yield f"schema/README.md: does not name {migration.name}"
        for table in TABLE.findall(migration.read_text()):
            if not re.search(rf"\b{table}\b", prose):
                yield f"schema/README.md: does not name table {table} of {migration.name}"


def program_text(root, folders):
    files = [file for folder in folders for file in sorted((root / folder).rglob("*"))]
    return "\n".join(file.read_text(errors="replace") for file in files
                     if file.is_file() and file.suffix in (".cpp", ".h", ""))


def check_promises(root):
    """What README.md tells a reader to type must be something that the programs know."""
    readme = root / "README.md"
    if not readme.exists() or not (root / "server/main.cpp").exists():
        return
    text = readme.read_text()
    programs = program_text(root, ("indexer", "server", "scripts"))
    # Lines that call docker-compose or cmake bear flags of theirs.
    ours = re.sub(r"(docker-compose|cmake|ctest) [^`\n]*", "", text)
    for flag in sorted(set(FLAG.findall(ours))):
        if flag not in programs:
            yield f"README.md: names the flag {flag}, which no program knows"
    handlers = program_text(root, ("server",))
    for endpoint in sorted(set(ENDPOINT.findall(text))):
        if endpoint not in handlers:
            yield f"README.md: names {endpoint}, which the server does not answer"


def opening_lines(text):
    """How many comment lines a source file starts with."""
    count = 0
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        count += 1
    return count


def check_openings(root):
    for folder in SOURCE_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.suffix not in (".h", ".cpp") or path.startswith("tests/data/"):
                continue
            count = opening_lines(file.read_text())
            if count == 0:
                yield f"{path}: opens without a comment saying what it is for"
            elif count > MOST_OPENING_LINES:
                yield f"{path}: opens with {count} comment lines, {MOST_OPENING_LINES} are allowed"


def check(root):
    """All faults below root, as messages."""
    faults = []
    for document in documents(root):
        text = document.read_text()
        path = document.relative_to(root).as_posix()
        for check_text in (check_links, check_paths):
            faults += [f"{path}: {fault}" for fault in check_text(root, document, text)]
    for check_tree in (check_stored_names, check_promises, check_openings):
        faults += check_tree(root)
    return faults


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check_docs.py ROOT")
    faults = check(Path(sys.argv[1]).resolve())
    for fault in faults:
        print(fault)
    print(f"check_docs: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
