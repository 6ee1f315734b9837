"""Parses PowerShell scripts with the tree-sitter grammar and fails on any error.

usage: powershell_syntax.py FILE...

It parses a few broken scripts first, so that a parser that accepts everything
does not pass for a good one. It knows the grammar only: names, types and what
a script does are not checked.
"""

import sys
from pathlib import Path

import tree_sitter
import tree_sitter_powershell

BROKEN = (
    "if ($a) { Write-Host 'x'",
    "param([string] $A [int] $B)",
    "$x = 'no end",
    "foreach ($a on $b) { }",
)


def faults(parser, source):
    """The lines and texts of all nodes that the parser could not place."""
    found = []
    todo = [parser.parse(source).root_node]
    while todo:
        node = todo.pop()
        if node.is_error or node.is_missing:
            what = "missing" if node.is_missing else "unexpected"
            text = node.text.decode("utf-8", "replace")[:60]
            found.append(
                f"{node.start_point[0] + 1}: {what} {node.type} {text!r}"
            )
        todo.extend(node.children)
    return sorted(found)


def main(paths):
    language = tree_sitter.Language(tree_sitter_powershell.language())
    parser = tree_sitter.Parser(language)
    accepted = [text for text in BROKEN if not faults(parser, text.encode())]
    for text in accepted:
        print(f"the parser accepts a broken script: {text!r}")
    count = 0
    for path in paths:
        for fault in faults(parser, Path(path).read_bytes()):
            count += 1
            print(f"{path}:{fault}")
    if accepted or count or not paths:
        return 1
    print(f"{len(paths)} script(s) parsed, no syntax error")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
