"""Judges pairs of configs: what a run made of one must mean what it meant.

Reads a file of JSON lines, each the base64 of a config before and after a run.
The hand-written part must read as before, and every entry beside it be ours.

    python tests/faults/judge.py FILE
"""

import base64
import json
import sys

import yaml


def decoded(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read(data):
    try:
        return yaml.safe_load(decoded(base64.b64decode(data)))
    except yaml.YAMLError:
        return None


def is_ours(item):
    info = item.get("model_info") if isinstance(item, dict) else None
    return isinstance(info, dict) and str(info.get("id")).startswith("discover:")


def parted(config):
    """The config without our entries, and those."""
    items = config.get("model_list") or []
    rest = {**config, "model_list": [item for item in items if not is_ours(item)]}
    return rest, [item for item in items if is_ours(item)]


def main():
    read_both = refused_before = wrong = entries = 0
    with open(sys.argv[1]) as lines:
        for line in lines:
            before, after = map(read, json.loads(line))
            if before is None:
                refused_before += 1
                continue
            read_both += 1
            rest, ours = parted(after) if after else (None, [])
            entries += len(ours)
            values = [pair for item in ours for pair in item["litellm_params"].items()]
            plain = all(
                isinstance(value, int if name == "order" else str)
                for name, value in values
            )
            if rest != parted(before)[0] or not plain:
                wrong += 1
                print(f"differs: {line}", file=sys.stderr)
    print(
        f"PyYAML: {read_both} pairs read with {entries} entries, {wrong} read "
        f"otherwise, {refused_before} that it does not read before either"
    )
    sys.exit(wrong > 0 or read_both == 0)


main()
