"""Takes the address the page is served on, before anything heavy is loaded. Knows nothing of HTTP."""

import socket
from errno import EADDRNOTAVAIL

from rag.errors import WenjuError
from ui.messages import say

WAITING_CONNECTIONS = 128


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address; port 0 takes any free one.

    :raises WenjuError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(WAITING_CONNECTIONS)
    except (socket.gaierror, UnicodeError) as error:  # no address has this name; no address can be so written
        bound.close()
        raise WenjuError(say("serve.bad_host", host=host, reason=error)) from error
    except OSError as error:
        bound.close()
        if error.errno == EADDRNOTAVAIL:
            raise WenjuError(say("serve.bad_host", host=host, reason=error.strerror)) from error
        other = port + 1 if port < 65535 else port - 1
        raise WenjuError(say("serve.taken", host=host, port=port, reason=error.strerror, other=other)) from error
    return bound
