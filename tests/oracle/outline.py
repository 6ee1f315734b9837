"""Compares the program's reading of YAML files with PyYAML's.

Takes the fixture configs, real ones if they are there, and damaged copies of
both. Wherever PyYAML reads a file, the program must see the same top-level
keys and list items on the same lines and columns, and may refuse it only for
an invisible character that PyYAML alone takes for a line end.

    python tests/oracle/outline.py DENO [CASES [SEED]]
"""

import base64
import json
import pathlib
import random
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "tests/fixtures/configs", ROOT.parent / "shared/corpus/configs"]
LINE_ENDS_FOR_PYYAML_ONLY = "\x85\u2028\u2029"
PIECES = (
    "- |-|? |: |:|\"|'|{|}|[|]|, |#| #|>-|&a |*a|!!str |\n|\r\n|\r|\n\n|  |    "
    "|---\n|...\n|\t|~|\\|a: b\n|- - x\n|x: >2\n|model_list:\n|\ufeff"
).split("|") + ["|", "|+\n"]
OPENERS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
CLOSERS = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


def damaged(data):
    """A copy with a few random edits."""
    for _ in range(random.choice([1, 1, 2, 3])):
        lines = data.split(b"\n")
        at = random.randrange(len(data) + 1)
        row = random.randrange(len(lines))
        match random.randrange(5):
            case 0 | 1:
                data = data[:at] + random.choice(PIECES).encode() + data[at:]
            case 2:
                data = data[:at] + data[at + random.choice([1, 2, 20]) :]
            case 3:
                rows = range(row, min(len(lines), row + random.choice([1, 4, 99])))
                for number in rows:
                    lines[number] = b"  " + lines[number]
                data = b"\n".join(lines)
            case 4:
                lines.insert(row, random.choice(lines))
                data = b"\n".join(lines)
    return data


def decoded(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def place(token):
    return [token.start_mark.line + 1, token.start_mark.column]


def pyyaml_keys(text):
    """Place and items of every top-level key; None where PyYAML refuses."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return []
    keys, depth, in_value, list_depth = [], 0, False, None
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        depth += isinstance(token, OPENERS) - isinstance(token, CLOSERS)
        if depth == 1 and isinstance(token, yaml.KeyToken):
            keys.append({"place": place(token), "items": []})
            in_value, list_depth = False, None
        elif depth == 1 and isinstance(token, yaml.ValueToken):
            in_value = True
        elif in_value and list_depth is None:
            if isinstance(token, (yaml.BlockEntryToken, yaml.BlockSequenceStartToken)):
                list_depth = depth
            elif not isinstance(token, (yaml.AnchorToken, yaml.TagToken)):
                list_depth = -1
        if isinstance(token, yaml.BlockEntryToken) and depth == list_depth:
            keys[-1]["items"].append(place(token))
    return keys


def our_keys(outline):
    return [
        {
            "place": [key["line"], key["column"]],
            "items": [[item["line"], item["column"]] for item in key["items"]],
        }
        for key in outline["keys"]
    ]


def main():
    deno = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    paths = [path for folder in FOLDERS if folder.is_dir() for path in folder.iterdir()]
    files = [path.read_bytes() for path in sorted(paths)]
    small = [data for data in files if len(data) < 4000]
    files += [damaged(random.choice(small)) for _ in range(count)]
    command = [deno, "run", "-q", str(ROOT / "tests/oracle/outlines.ts")]
    sent = json.dumps([base64.b64encode(data).decode() for data in files])
    answer = subprocess.run(command, input=sent, stdout=subprocess.PIPE, text=True, check=True)
    read = wrong = 0
    for data, outline in zip(files, json.loads(answer.stdout), strict=True):
        text = decoded(data)
        if any(char in text for char in LINE_ENDS_FOR_PYYAML_ONLY):
            continue
        expected = pyyaml_keys(text)
        if expected is None or outline.get("odd"):
            continue
        read += 1
        if "refused" in outline or our_keys(outline) != expected:
            wrong += 1
            print(f"differs: {outline.get('refused', 'other places')}\n{text}\n")
    print(f"{read} files that PyYAML reads, {wrong} read otherwise")
    sys.exit(wrong > 0 or read < count // 4)


main()
