"""Judges own settings: PyYAML must read in an entry what was set.

usage: own_settings.py FILE   (written by write_own_settings.ts)
"""

import json
import sys

import yaml

LOADERS = [yaml.SafeLoader]
if hasattr(yaml, "CSafeLoader"):
    LOADERS.append(yaml.CSafeLoader)


def same(one, other):
    """Equal in value and in kind; JSON has one kind of numbers."""
    kinds = [
        (int, float) if type(each) in (int, float) else type(each)
        for each in (one, other)
    ]
    if kinds[0] != kinds[1]:
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(
            same(one[key], other[key]) for key in one
        )
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def main():
    failed = total = 0
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = [json.loads(line) for line in file.read().split("\n")]
    for case in cases:
        for loader in LOADERS:
            total += 1
            params = dict(yaml.load(case["text"], Loader=loader)[0]["litellm_params"])
            params.pop("model")
            if not same(params, case["params"]):
                failed += 1
                print(f"{loader.__name__}: {case['text']}")
    print(f"own settings: {total - failed} passed, {failed} failed")
    return 1 if failed or total < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
