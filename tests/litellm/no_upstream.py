"""Answers all requests of a process itself, so that none leaves it."""

import httpx


def answer_all(note):
    """Gives each request an error, after `note` has seen it.

    To be called before LiteLLM is imported.
    """

    def answer(_, request):
        note(request)
        error = {"message": "nobody is here"}
        return httpx.Response(400, json={"error": error}, request=request)

    async def answer_later(transport, request):
        return answer(transport, request)

    httpx.HTTPTransport.handle_request = answer
    httpx.AsyncHTTPTransport.handle_async_request = answer_later
