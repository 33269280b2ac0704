#!/usr/bin/env python3
"""Reads every #include line of the rooms and fails on an arrow that the architecture lacks.

server -> query -> dicts <- indexer, and query -> indexer/schema.h, the one header that describes
the index. Inside a room everything may include everything; tests may include what they test.
"""
import pathlib
import re
import sys

ALLOWED = {
    "dicts": {"dicts"},
    "indexer": {"indexer", "dicts"},
    "query": {"query", "dicts", "indexer/schema.h"},
    "server": {"server", "query", "dicts"},
}
ROOMS = set(ALLOWED)
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def wrong_arrows(root, allowed=ALLOWED):
    found = []
    for room in allowed:
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in {".h", ".cc"}:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                target = match.group(1)
                target_room = target.split("/")[0]
                if target_room in ROOMS | {"tests"} and target_room not in allowed[room] and target not in allowed[room]:
                    found.append(f"{path.relative_to(root)}:{number}: {room} must not include {target}")
    return found


def main():
    root = pathlib.Path(sys.argv[1])
    # The check itself is checked: without the arrow query -> dicts it must complain.
    if not wrong_arrows(root, {**ALLOWED, "query": {"query"}}):
        print("the check does not see any include of query: it is broken")
        return 1
    found = wrong_arrows(root)
    print("\n".join(found) or "every include follows the architecture")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
