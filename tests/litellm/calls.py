"""Tells which address LiteLLM calls for a provider, and what decides about it.

usage: calls.py < PROVIDERS

PROVIDERS is a JSON object: for each provider a model, the base that LiteLLM is
told, and the forms of request (`chat`, `messages`, `responses`: what clients ask
a proxy in). Prints one: for each provider and each of its forms the addresses
called when nothing is said (`usual`), those when the base is told (`told`), and
the variables that lead LiteLLM elsewhere (`variables`), in its order.

Every variable that looks like one for an address in LiteLLM's own sources gets
a loopback base of its own. The one that is called is found, taken away, and so
on until none is. One process for all, as the import takes most of the time; no
request leaves it.
"""

import asyncio
import json
import os
import pathlib
import re
import sys

from no_upstream import answer_all

called = []
answer_all(lambda request: called.append(str(request.url)))

import litellm  # noqa: E402

litellm.disable_aiohttp_transport = True
litellm.suppress_debug_info = True

LOOPBACK = "http://127.0.0.1:9/"
MESSAGES = [{"role": "user", "content": "Who?"}]
# A proxy for everything, or a service of LiteLLM's own; none of a provider.
OTHERS = re.compile(r"^(?:REDIS|HTTPS?|PROXY|DATABASE)_")


async def chat(**call):
    await litellm.acompletion(messages=MESSAGES, max_retries=0, **call)


async def messages(**call):
    await litellm.anthropic_messages(messages=MESSAGES, max_tokens=9, **call)


async def responses(**call):
    await litellm.aresponses(input="Who?", max_retries=0, **call)


FORMS = {form.__name__: form for form in (chat, messages, responses)}


async def main():
    providers = json.load(sys.stdin)
    names = candidates()
    found = {
        provider: {name: await learn(FORMS[name], names, of) for name in of["forms"]}
        for provider, of in providers.items()
    }
    json.dump({"candidates": sorted(names), "found": found}, sys.stdout)


async def learn(form, names, of):
    call = {"model": of["model"], "api_key": "sk-of-nobody"}
    return {
        "usual": await ask(form, {}, call),
        "told": await ask(form, {}, {**call, "api_base": of["told"]}),
        "variables": await variables(form, names, call),
    }


def candidates():
    quoted = re.compile(r"[\"']([A-Z][A-Z0-9_]*(?:BASE|URL|ENDPOINT|HOST)[A-Z0-9_]*)[\"']")
    sources = pathlib.Path(litellm.__file__).parent.rglob("*.py")
    texts = (source.read_text(errors="replace") for source in sources)
    names = {name for text in texts for name in quoted.findall(text)}
    return {name for name in names if not OTHERS.match(name)}


async def variables(form, names, call):
    left, order = set(names), []
    while True:
        bases = {name: LOOPBACK + name for name in left}
        first, *_ = await ask(form, bases, call)
        if not first.startswith(LOOPBACK):
            return order
        order.append(first.removeprefix(LOOPBACK).split("/")[0])
        left.remove(order[-1])


async def ask(form, environment, call):
    """The addresses that are called in this environment, or why none is."""
    os.environ.clear()
    os.environ.update({**CLEAN, **environment})
    called.clear()
    try:
        await form(**call)
    except Exception as error:  # What it makes of our answer is all the same.
        return list(called) or [f"{type(error).__name__}: {error}"]
    return list(called) or ["nobody was called"]


CLEAN = dict(os.environ)

if __name__ == "__main__":
    asyncio.run(main())
