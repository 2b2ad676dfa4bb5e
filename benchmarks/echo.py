"""A bare Sanic server that gives back what it is sent: what HTTP, JSON and loopback cost without any hotline behind them."""

import sys

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

PATH = "/echo"


def serve(port: int) -> None:
    """Serve on loopback until told to stop."""
    app: Sanic = Sanic("echo", configure_logging=False)  # type: ignore[type-arg]

    @app.post(PATH)
    async def echo(request: Request) -> HTTPResponse:
        """Give the message back."""
        return json_response([request.json])

    app.prepare(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
