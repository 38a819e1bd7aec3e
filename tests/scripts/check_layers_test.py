"""Proves that check_layers.py lets includes go down only and keeps libraries in their rooms."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import check_layers  # noqa: E402  (the path above must be set first)


def faults_of(path, text):
    """What the check says of a tree with one file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(parents=True)
        file.write_text(text)
        return check_layers.check(Path(folder))


class CheckLayers(unittest.TestCase):
    def test_allows_includes_that_go_down(self):
        for path, included in [
            ("schema/catalog.h", "schema/sqlite.h"),
            ("indexer/normalize/dates.cpp", "indexer/readers/reader.h"),
            ("indexer/import.cpp", "indexer/write/catalog_writer.h"),
            ("server/search/searcher.h", "server/store/query_plan.h"),
            ("server/api/search.cpp", "server/http/reply.h"),
            ("server/main.cpp", "server/http/server.h"),
            ("tests/server/search/query_test.cpp", "server/search/query.h"),
        ]:
            with self.subTest(path=path, included=included):
                self.assertEqual(faults_of(path, f'#include "{included}"\n'), [])

    def test_refuses_includes_that_climb_or_cross(self):
        for path, included in [
            ("schema/article.h", "indexer/write/document.h"),
            ("indexer/readers/jsonl.cpp", "indexer/normalize/normalize.h"),
            ("indexer/normalize/dates.cpp", "indexer/readers/jsonl.h"),
            ("indexer/write/document.cpp", "indexer/readers/reader.h"),
            ("server/search/searcher.cpp", "server/http/params.h"),
            ("server/store/compile.cpp", "server/search/query.h"),
            ("server/http/server.cpp", "server/api/routes.h"),
            ("server/main.cpp", "indexer/import.h"),
            ("schema/text.cpp", "tests/support/corpus.h"),
        ]:
            with self.subTest(path=path, included=included):
                faults = faults_of(path, f'// x\n#include "{included}"\n')
                self.assertEqual(len(faults), 1)
                self.assertIn(f"{path}:2: may not include {included}", faults[0])

    def test_keeps_each_library_in_its_room(self):
        for path, header, allowed in [
            ("server/store/compile.cpp", "xapian.h", True),
            ("server/search/searcher.cpp", "xapian.h", False),
            ("server/http/server.cpp", "httplib.h", True),
            ("server/http/reactor.cpp", "httplib.h", False),
            ("schema/sqlite.h", "sqlite3.h", True),
            ("schema/catalog.cpp", "sqlite3.h", False),
            ("server/api/json.h", "nlohmann/json_fwd.hpp", True),
            ("server/search/ranking.h", "nlohmann/json_fwd.hpp", True),
            ("server/search/ranking.cpp", "nlohmann/json.hpp", False),
            ("server/store/session.cpp", "spdlog/spdlog.h", False),
            ("tests/e2e/attack_test.cpp", "httplib.h", True),
        ]:
            with self.subTest(path=path, header=header):
                faults = faults_of(path, f"#include <{header}>\n")
                self.assertEqual(len(faults), 0 if allowed else 1, faults)

    def test_refuses_other_folders_at_the_top_and_names_that_say_nothing(self):
        self.assertEqual(len(faults_of("lib/x.txt", "")), 1)
        self.assertEqual(len(faults_of("schema/string_utils.h", "")), 1)
        self.assertEqual(faults_of("schema/commission.h", ""), [])

    def test_asks_for_includes_from_the_root(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "schema").mkdir()
            (Path(folder) / "schema/time.h").write_text("")
            (Path(folder) / "schema/time.cpp").write_text('#include "time.h"\n')
            faults = check_layers.check(Path(folder))
        self.assertEqual(len(faults), 1)
        self.assertIn('"schema/time.h"', faults[0])


if __name__ == "__main__":
    unittest.main()
