"""Tells which address LiteLLM calls for each entry of a config, in each form.

usage: forms.py CONFIG [NAME...]

Loads the config as the proxy does when it starts, and asks each of its names, and
those that are given, in the forms that a proxy's clients use. Prints a JSON object: for each name an
object with `{"url", "key"}` for `chat` and `messages`. No request leaves it.
"""

import asyncio
import contextlib
import io
import json
import logging
import sys

from no_upstream import answer_all

called = []


def note(request):
    key = request.headers.get("authorization", "").removeprefix("Bearer ")
    called.append({"url": str(request.url), "key": key})


answer_all(note)

import litellm  # noqa: E402

litellm.disable_aiohttp_transport = True
litellm.suppress_debug_info = True
logging.disable(logging.CRITICAL)

from litellm.proxy.proxy_server import ProxyConfig  # noqa: E402

MESSAGES = [{"role": "user", "content": "Who?"}]


async def main(path, *more):
    with contextlib.redirect_stdout(io.StringIO()):
        router, _, _ = await ProxyConfig().load_config(router=None, config_file_path=path)
    router.num_retries = 0
    names = sorted({model["model_name"] for model in router.model_list} | {*more})
    found = {name: await forms(router, name) for name in names}
    json.dump(found, sys.stdout)


async def forms(router, name):
    chat = router.acompletion(model=name, messages=MESSAGES, num_retries=0, max_retries=0)
    told = {"chat": await first(chat)}
    messages = router.aanthropic_messages(model=name, messages=MESSAGES, max_tokens=9)
    return {**told, "messages": await first(messages)}


async def first(call):
    called.clear()
    try:
        await call
    except Exception as error:  # What it makes of our answer is all the same.
        return called[0] if called else {"error": f"{type(error).__name__}: {error}"}
    return called[0]


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
