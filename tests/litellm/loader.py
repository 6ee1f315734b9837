"""Loads LiteLLM configs with LiteLLM's own loader, as `--validate_config` does.

usage: loader.py

Reads lines, each a JSON object with folders and the home where LiteLLM may
write, and answers each with a line, a JSON object: for each folder and each
config in it, by file name, what LiteLLM makes of it: `{"models": [...]}` with
name, parameters and information of every deployment and the provider of ours,
or `{"error": "..."}`.

LiteLLM is imported once, which takes most of the time. As loading changes it
all over, each config is then loaded in a fork of its own. There is no network
for it, every variable that it names is set, and a package that some configs
want and a plain installation of LiteLLM lacks has a stand-in.
"""

import asyncio
import contextlib
import io
import json
import logging
import os
import re
import signal
import socket
import sys
from unittest.mock import MagicMock

import redis.retry
from litellm import get_llm_provider
from litellm.proxy.proxy_server import ProxyConfig

LIMIT_SECONDS = 20


def main():
    logging.disable(logging.CRITICAL)
    for package in ("prometheus_client", "prometheus_client.exposition"):
        sys.modules[package] = MagicMock()
    socket.getaddrinfo = socket.socket.connect = refuse
    redis.retry.sleep = lambda _: None
    for line in sys.stdin:
        asked = json.loads(line)
        os.environ["HOME"] = asked["home"]
        print(json.dumps(load_all(asked["folders"])), flush=True)


def load_all(folders):
    found = {folder: {} for folder in folders}
    waiting = [(f, name) for f in folders for name in sorted(os.listdir(f))]
    running = []
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            running.append((*waiting[0], *start(*waiting.pop(0))))
        folder, name, pid, readable = running.pop(0)
        found[folder][name] = finish(pid, readable)
    return found


def refuse(*_, **__):
    raise ConnectionRefusedError("no network here")


def start(folder, name):
    """Loads one config in a fork; its process and the pipe of the result."""
    readable, writable = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writable)
        return pid, readable
    os.close(readable)
    signal.alarm(LIMIT_SECONDS)
    os.chdir(folder)
    with open(writable, "w") as pipe, silence():
        json.dump(load(name), pipe, default=str, sort_keys=True)
    os._exit(0)


def finish(pid, readable):
    with open(readable) as pipe:
        text = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else {"error": "no answer"}


def load(name):
    set_variables(name)
    try:
        # Not `asyncio.run`, which waits for what was left running.
        loop = asyncio.new_event_loop()
        config = ProxyConfig()
        loaded = config.load_config(router=None, config_file_path=name)
        router, _, _ = loop.run_until_complete(loaded)
        models = list(router.model_list) if router else []
        return {"models": [with_provider(model) for model in models]}
    except BaseException as error:
        text = str(error).replace(os.getcwd(), "")
        return {"error": f"{type(error).__name__}: {text}"}


def with_provider(model):
    """Adds whom LiteLLM would ask; only for models that we wrote."""
    if str((model.get("model_info") or {}).get("id")).startswith("discover:"):
        _, provider, _, _ = get_llm_provider(model["litellm_params"]["model"])
        model["provider"] = provider
    return model


def set_variables(name):
    with open(name, encoding="latin-1") as file:
        for variable in re.findall(r"os\.environ/(\w+)", file.read()):
            os.environ.setdefault(variable, "127.0.0.1")
    os.environ["REDIS_HOST"] = "127.0.0.1"


@contextlib.contextmanager
def silence():
    sink = io.StringIO()
    with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        yield


if __name__ == "__main__":
    main()
