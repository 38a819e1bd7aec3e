"""Proves that check_sizes.py measures every kind of source file and nothing else."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/check_sizes.py"


def run_on(files):
    """Exit status and output for a tree given as {path: number of lines}."""
    with tempfile.TemporaryDirectory() as folder:
        for path, lines in files.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("#!/bin/sh\n" + "x\n" * (lines - 1))
        run = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True,
                             check=False)
        return run.returncode, run.stdout


class CheckSizes(unittest.TestCase):
    def test_accepts_400_lines_and_names_those_over_250(self):
        status, said = run_on({"schema/a.cpp": 400, "schema/b.cpp": 250})
        self.assertEqual(status, 0)
        self.assertIn("notice: schema/a.cpp: 400 lines", said)
        self.assertNotIn("b.cpp", said)

    def test_refuses_401_lines_in_sources_and_scripts(self):
        for path in ("server/http/a.h", "scripts/run", "tests/schema/a_test.cpp"):
            with self.subTest(path=path):
                status, said = run_on({path: 401})
                self.assertEqual(status, 1)
                self.assertIn(f"{path}: 401 lines", said)

    def test_does_not_measure_data(self):
        self.assertEqual(run_on({"tests/data/long.cpp": 900, "scripts/sample/x.jsonl": 900})[0], 0)


if __name__ == "__main__":
    unittest.main()
