"""Compares the reading of `.env` files with python-dotenv's.

Writes generated files and loads each into the environment as LiteLLM does. The
program must find the same variables with the same values, call those computed
that python-dotenv would expand, and name every line that it cannot read. So
must start-proxy.ps1, which expands them itself, where the variable
DISCOVER_PWSH names a PowerShell.

    python tests/oracle/env_files.py DENO [CASES [SEED]]
"""

import base64
import json
import logging
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import dotenv
import dotenv.parser

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = "A|B|XAI_API_KEY|a.b|x-y|'C D'|'A'|\u00e4|sk-or-v1|A:|$env:A|\"A\"".split("|")
VALUES = (
    "|v|a b|'q'|\"d\"|'a b' |\"a # b\"|'a\\'b'|\"a\\\"b\\n\"|'open|\"open|\"two\nlines\""
    "|'two\r\nlines'|${A}|'${A}'|${|$A|a#b|a #b|#b| #b|\"x\" y|\\|\"\\\\\"|a=b|\u00e4|\u00a0v"
).split("|")
SIGNS = ["=", "=", "=", " = ", "= ", " =", ":", ": ", " ", "==", ""]
STARTS = ["", "", "", "", "export ", "export\t", "set ", "  ", "\t", "# ", "= "]
ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r", " # c\n", "\n\n", "  \n", "", "\x0b\n", "\x0c"]
PIECES = [*"'\"\\=# \t\n\r${}AB", "export ", "\\'", '\\"', "A=", "A\n", "\r\n"]


def statement():
    if random.random() < 0.15:
        return "".join(random.choices(PIECES, k=random.randrange(1, 12)))
    choose = random.choice
    name = choose(NAMES)
    if random.random() < 0.2:
        return choose(STARTS) + name + choose(ENDS)
    return choose(STARTS) + name + choose(SIGNS) + choose(VALUES) + choose(ENDS)


def generated():
    mark = random.choice(["", "", "", "\ufeff"])
    return mark + "".join(statement() for _ in range(random.randrange(1, 9)))


def loaded(path, interpolate=False):
    """What python-dotenv adds to an empty environment."""
    kept = dict(os.environ)
    os.environ.clear()
    try:
        dotenv.load_dotenv(path, override=True, interpolate=interpolate)
        return dict(os.environ)
    finally:
        os.environ.clear()
        os.environ.update(kept)


def unread_lines(path):
    """The numbers of the lines at which python-dotenv gave up."""
    with open(path, encoding="utf-8") as stream:
        bindings = list(dotenv.parser.parse_stream(stream))
    lines = set()
    for binding in bindings:
        text = binding.original.string
        blank = text[: len(text) - len(text.lstrip())]
        if binding.error and text.strip():
            lines.add(binding.original.line + blank.count("\n"))
    return lines


def fault(path, reading):
    """What is wrong with the program's reading, if anything is."""
    try:
        theirs = loaded(path)
    except ValueError:
        # A quoted name with "=" in it: python-dotenv itself ends there.
        return None
    # A name that could disguise a warning is left out here.
    theirs = {name: value for name, value in theirs.items() if name.isprintable()}
    ours = {**reading["values"], **dict.fromkeys(reading["computed"])}
    if theirs.keys() != ours.keys():
        return f"variables: {sorted(theirs)} there, {sorted(ours)} here"
    for name, value in theirs.items():
        computed = re.search(r"\$\{.*\}", value, re.DOTALL) is not None
        if ours[name] != (None if computed else value):
            return f"{name}: {value!r} there, {ours[name]!r} here"
    return untold(path, reading)


def untold(path, reading):
    missing = unread_lines(path) - set(reading["odd"])
    return f"lines {sorted(missing)} are not told" if missing else None


def wrapper_fault(path, reading):
    """What is wrong with the reading of start-proxy.ps1, if anything is."""
    try:
        theirs = loaded(path, interpolate=True)
    except ValueError:
        return None
    theirs = {name: value for name, value in theirs.items() if name.isprintable()}
    ours = {pair["name"]: pair["value"] for pair in reading["values"]}
    if theirs != ours:
        return f"start-proxy.ps1: {theirs} there, {ours} here"
    return untold(path, reading)


def wrapper_readings(texts):
    """What start-proxy.ps1 reads, if there is a PowerShell to ask."""
    powershell = os.environ.get("DISCOVER_PWSH")
    if not powershell:
        print("start-proxy.ps1 is left out: DISCOVER_PWSH names no PowerShell")
        return None
    with tempfile.TemporaryDirectory() as folder:
        listed = pathlib.Path(folder, "files.json")
        listed.write_text(json.dumps([base64.b64encode(text).decode() for text in texts]))
        script = str(ROOT / "tests/oracle/env_files.ps1")
        done = subprocess.run(
            [powershell, "-NoProfile", "-File", script, str(listed)],
            stdout=subprocess.PIPE,
            check=True,
            encoding="utf-8",
        )
    return json.loads(done.stdout)


def main(deno, cases=4000, seed=1):
    random.seed(seed)
    logging.disable()
    texts = [generated().encode() for _ in range(cases)]
    done = subprocess.run(
        [*deno.split(), "run", "-q", str(ROOT / "tests/oracle/env_files.ts")],
        input=json.dumps([base64.b64encode(text).decode() for text in texts]),
        capture_output=True,
        check=True,
        text=True,
    )
    bare = faults = variables = 0
    theirs = wrapper_readings(texts) or [None] * len(texts)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, ".env")
        readings = json.loads(done.stdout)
        for text, reading, wrapper in zip(texts, readings, theirs, strict=True):
            path.write_bytes(text)
            variables += len(reading["values"])
            bare += None in dotenv.dotenv_values(path).values()
            found = fault(path, reading)
            if found is None and wrapper is not None:
                found = wrapper_fault(path, wrapper)
            if found is not None:
                faults += 1
                print(f"{text!r}: {found}")
    print(
        f"{cases} .env files, seed {seed}: {variables} variables as "
        f"python-dotenv reads them, {bare} files with a bare name; {faults} faults"
    )
    return 1 if faults or variables < cases / 2 or bare < cases / 10 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
