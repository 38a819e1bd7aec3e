"""Proves that check_docs.py notices documents and file openings that no longer tell the truth."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import check_docs  # noqa: E402  (the path above must be set first)


def faults_of(files):
    """What the check says of a tree given as {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return check_docs.check(root)


class CheckDocs(unittest.TestCase):
    def test_follows_links_to_files_and_headings(self):
        house = "# House\n\n## Who may `include` whom?\n"
        self.assertEqual(faults_of({
            "HOUSE.md": house,
            "README.md": "[a](HOUSE.md) [b](HOUSE.md#who-may-include-whom) [c](https://x.example)\n",
        }), [])
        faults = faults_of({"HOUSE.md": house, "README.md": "[a](GONE.md) [b](HOUSE.md#rooms)\n"})
        self.assertEqual(len(faults), 2)
        self.assertIn("no such file", faults[0])
        self.assertIn("no such heading", faults[1])

    def test_looks_for_paths_in_code_spans(self):
        files = {"schema/time.h": "// Time.\n", "README.md": "`schema/time.h` `schema/*.h` `a/b`\n"}
        self.assertEqual(faults_of(files), [])
        files["README.md"] = "see `schema/clock.h`\n"
        self.assertEqual(len(faults_of(files)), 1)

    def test_wants_every_migration_and_table_named(self):
        files = {
            "schema/migrations/0001_first.sql": "CREATE TABLE article (id INTEGER) STRICT;\n",
            "schema/README.md": "0001_first.sql makes the table article.\n",
        }
        self.assertEqual(faults_of(files), [])
        files["schema/README.md"] = "It makes a table.\n"
        self.assertEqual(len(faults_of(files)), 2)

    def test_wants_flags_and_endpoints_of_the_readme_to_exist(self):
        files = {
            "server/main.cpp": '// Main.\n"--listen" "/v1/search"\n',
            "README.md": "run with `--listen`, ask /v1/search\n",
        }
        self.assertEqual(faults_of(files), [])
        files["README.md"] = "run with `--port`, ask /v1/find\n"
        self.assertEqual(len(faults_of(files)), 2)

    def test_wants_one_to_six_opening_comment_lines(self):
        self.assertEqual(len(faults_of({"schema/time.h": "#pragma once\n"})), 1)
        self.assertEqual(faults_of({"schema/time.h": "// Time.\n" * 6 + "int x;\n"}), [])
        self.assertEqual(len(faults_of({"schema/time.h": "// Time.\n" * 7}), ), 1)


if __name__ == "__main__":
    unittest.main()
