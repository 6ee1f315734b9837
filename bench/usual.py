"""What a user would write instead of discover, for the comparison only.

The usual Python way with rich, requests and PyYAML: ask the three providers
at once, keep the chat models, rewrite the block between the markers, check
the result and replace the file. It takes shortcuts that discover does not
(one kind of line end, no retry, no exact checks), all in its own favour.
"""

import os
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import requests
import yaml
from rich.console import Console
from rich.table import Table

BEGIN = "# >>> discover: auto-discovered models >>>"
END = "# <<< discover: auto-discovered models <<<"
TIMEOUT = 2
# The parser written in C, where PyYAML has it: about ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
NOT_CHAT = re.compile("image|video|audio|tts|live|embedding|multi-agent")


def get(url, headers):
    answer = requests.get(url, headers=headers, timeout=TIMEOUT)
    answer.raise_for_status()
    return answer.json()


def openrouter():
    key = os.environ["OPENROUTER_API_KEY"]
    base = os.environ["OPENROUTER_API_BASE"]
    body = get(f"{base}/models", {"Authorization": f"Bearer {key}"})
    return [
        entry(row["id"], "openrouter/", "OPENROUTER_API_KEY")
        for row in body["data"]
        if row["id"].startswith("anthropic/") and ":" not in row["id"]
    ]


def xai():
    key = os.environ["XAI_API_KEY"]
    base = os.environ["XAI_API_BASE"]
    body = get(f"{base}/models", {"Authorization": f"Bearer {key}"})
    return [
        entry(row["id"], "xai/", "XAI_API_KEY")
        for row in body["data"]
        if row["id"].startswith("grok-") and not NOT_CHAT.search(row["id"])
    ]


def gemini():
    key = os.environ["GEMINI_API_KEY"]
    base = os.environ["GEMINI_API_BASE"]
    url = f"{base}/v1beta/models?pageSize=1000"
    body = get(url, {"x-goog-api-key": key})
    ids = [
        row["name"].removeprefix("models/")
        for row in body["models"]
        if "generateContent" in row["supportedGenerationMethods"]
    ]
    return [
        entry(model, "gemini/", "GEMINI_API_KEY")
        for model in ids
        if model.startswith("gemini-") and not NOT_CHAT.search(model)
    ]


def entry(model, prefix, variable):
    return {
        "model_name": model,
        "litellm_params": {
            "model": prefix + model,
            "api_key": f"os.environ/{variable}",
        },
        "model_info": {"id": f"discover:{prefix}{model}", "mode": "chat"},
    }


def ask(provider):
    try:
        return sorted(provider(), key=lambda found: found["model_name"])
    except (requests.RequestException, KeyError, ValueError):
        return None


def splice(text, entries):
    """The text with the entries between the markers, or behind the list."""
    dumped = yaml.dump(entries, Dumper=DUMPER, sort_keys=False)
    lines = [BEGIN, *dumped.splitlines(), END]
    block = "".join(f"  {line}\n" for line in lines)
    if BEGIN in text:
        start = text.rindex("\n", 0, text.index(BEGIN)) + 1
        end = text.index("\n", text.index(END)) + 1
    else:
        found = re.search(r"^model_list:\n(?:(?:[ #].*)?\n)*", text, re.M)
        start = end = found.end()
    return text[:start] + block + text[end:]


def main(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    before = yaml.load(text, Loader=LOADER)
    ours = [found["model_name"] for found in before["model_list"]
            if found.get("model_info", {}).get("id", "").startswith("discover:")]
    taken = {found["model_name"] for found in before["model_list"]}
    taken -= set(ours)
    names = ["OpenRouter", "xAI", "Gemini"]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(ask, [openrouter, xai, gemini]))
    entries = [
        found for answer in answers for found in answer or []
        if found["model_name"] not in taken
    ]
    if not entries:
        return 1
    after = splice(text, entries)
    checked = yaml.load(after, Loader=LOADER)
    if len(checked["model_list"]) != len(taken) + len(entries):
        return 3
    if after != text:
        shutil.copyfile(path, path + ".bak")
        with open(path + ".tmp", "w", encoding="utf-8", newline="") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        os.replace(path + ".tmp", path)
    table = Table("Provider", "Models")
    for name, answer in zip(names, answers):
        table.add_row(name, "no answer" if answer is None else str(len(answer)))
    Console(stderr=True).print(table)
    return 0


sys.exit(main(sys.argv[1]))
