"""Tells with which key LiteLLM calls for each entry of some configs.

usage: stated_keys.py [{"path": CONFIG, "environment": {NAME: VALUE}}, ...]

Loads each config as the proxy does when it starts, and calls each of its names,
in a process of its own: nothing that one config sets is there for the next.
Prints for each config a line with a JSON object: for each name a list with the
first address that was called and the key that was sent, or why nobody was
called. No request leaves the processes.
"""

import asyncio
import contextlib
import io
import json
import logging
import os
import sys

from no_upstream import answer_all

called = []


def note(request):
    headers = request.headers
    key = (
        headers.get("x-api-key")
        or headers.get("x-goog-api-key")
        or headers.get("authorization", "").removeprefix("Bearer ")
    )
    called.append({"url": str(request.url), "key": key})


answer_all(note)

import litellm  # noqa: E402

litellm.disable_aiohttp_transport = True
litellm.suppress_debug_info = True
logging.disable(logging.CRITICAL)

from litellm.proxy.proxy_server import ProxyConfig  # noqa: E402


def main(configs):
    # The import of LiteLLM takes longer than all the rest: once is enough.
    for config in configs:
        child = os.fork()
        if child == 0:
            os.environ.update(config["environment"])
            asyncio.run(call_all(config["path"]))
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status != 0:
            sys.exit(f"{config['path']}: status {status}")


async def call_all(path):
    config = ProxyConfig()
    with contextlib.redirect_stdout(io.StringIO()):
        router, _, _ = await config.load_config(router=None, config_file_path=path)
    names = sorted({model["model_name"] for model in router.model_list})
    print(json.dumps({name: await call(router, name) for name in names}))


async def call(router, name):
    called.clear()
    messages = [{"role": "user", "content": "Who?"}]
    try:
        await router.acompletion(model=name, messages=messages, num_retries=0, max_retries=0)
    except Exception as error:  # What it makes of our answer is all the same.
        return called[:1] or [{"error": f"{type(error).__name__}: {error}"}]
    return called[:1]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
