#!/usr/bin/env python3
"""Checks that each image installs the libraries its program was linked with.

    scripts/check_images.py [ROOT]

Looks at the programs in build/release, on the release of Debian that the images are made from:
names of packages differ elsewhere, and nothing is checked there.
"""

import re
import subprocess
import sys
from pathlib import Path

PROGRAMS = {"indexer": "broadsheet-indexer", "server": "broadsheet-server"}
ALWAYS_THERE = {"libc6", "libgcc-s1"}


def debian_release():
    fields = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines()
                  if "=" in line)
    return fields.get("VERSION_CODENAME", "").strip('"')


def installed_by(dockerfile):
    """The packages that the image itself gets, not the one it is built in."""
    text = dockerfile.read_text().replace("\\\n", " ")
    run = re.findall(r"apt-get install -y --no-install-recommends ([^&\n]*)", text)[-1]
    return set(run.split())


def packages_of(program):
    """The packages that hold the libraries which the program names itself."""
    said = subprocess.run(["readelf", "-d", program], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    libraries = re.findall(r"\(NEEDED\).*\[(.+)\]", said)
    owners = subprocess.run(["dpkg", "-S", *(f"*-linux-gnu*/{name}" for name in libraries)], check=True,
                            text=True, stdout=subprocess.PIPE).stdout
    return {line.split(":", 1)[0] for line in owners.splitlines()} - ALWAYS_THERE


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    faults = 0
    for folder, name in PROGRAMS.items():
        dockerfile = root / folder / "Dockerfile"
        if f"FROM debian:{debian_release()}-slim" not in dockerfile.read_text():
            print("check_images: another Debian than the images'; nothing was checked")
            return 0
        for package in sorted(packages_of(root / "build/release/bin" / name)
                              - installed_by(dockerfile)):
            print(f"{folder}/Dockerfile: {name} needs {package}, which the image does not install")
            faults += 1
    print(f"check_images: {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
