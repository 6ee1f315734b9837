"""Judges pairs of configs as LiteLLM reads them, with PyYAML.

Everything hand-written must load to the same value after a run as before it,
and the entries that were added must all be discover's own.

usage: corpus.py FOLDER   (written by write_pairs.ts)
"""

import pathlib
import sys

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(path):
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return yaml.load(text, Loader=LOADER)


def is_ours(item):
    info = item.get("model_info") if isinstance(item, dict) else None
    return isinstance(info, dict) and str(info.get("id")).startswith("discover:")


def same(one, other):
    """Equal in value and in type: 1, 1.0 and True are three values."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(
            same(one[key], other[key]) for key in one
        )
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def judge(before, after):
    items = after.get("model_list") or []
    ours = [item for item in items if is_ours(item)]
    theirs = [item for item in items if not is_ours(item)]
    # A wildcard for everything answers by every name: nothing goes beside it.
    is_covered = any(
        isinstance(item, dict) and item.get("model_name") == "*" for item in theirs
    )
    if not ours and not is_covered:
        return "no entry was added"
    if ours and is_covered:
        return "an entry was added beside a wildcard for everything"
    if not same(theirs, before.get("model_list") or []):
        return "a hand-written entry changed"
    rest, former = (
        {key: value for key, value in config.items() if key != "model_list"}
        for config in (after, before)
    )
    if not same(rest, former):
        return "a hand-written key changed"
    names = {str(item.get("model_name")) for item in theirs if isinstance(item, dict)}
    taken = [item["model_name"] for item in ours if item["model_name"] in names]
    if taken:
        return f"a hand-written name was added again: {taken[0]}"
    wrong = [item for item in ours if not all(
        isinstance(value, str)
        for value in (item["model_name"], item["litellm_params"]["model"])
    )]
    return "an entry of discover's is no text" if wrong else None


def main():
    folder = pathlib.Path(sys.argv[1])
    pairs = sorted(folder.glob("*.before"))
    failed = 0
    for path in pairs:
        fault = judge(load(path), load(path.with_suffix(".after")))
        if fault:
            failed += 1
            print(f"{path.stem}: {fault}")
    print(f"pyyaml: {len(pairs) - failed} passed, {failed} failed")
    # A folder without pairs would prove nothing.
    return 1 if failed or len(pairs) < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
