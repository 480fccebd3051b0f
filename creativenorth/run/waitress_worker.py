"""gunicorn starts, watches and ends the processes; waitress reads and writes, so that no thread waits for a client.

Measured on two cores with 60 and 300 slow connections: of the servers that answer ordinary requests meanwhile, this is
the one that also ends a request which never arrives completely. gunicorn's own workers and granian stop answering.
"""

import os
import time

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

ARRIVAL_SECONDS = 60
LARGEST_BODY = 40_000_000  # forms refuse large files earlier, with a message; this protects the server
LARGEST_HEADERS = 32_768


class DeadlineChannel(HTTPChannel):
    """Remembers when the present request began to arrive."""

    arriving_since = None

    def received(self, data):
        done = super().received(data)
        self.arriving_since = (self.arriving_since or time.monotonic()) if self.request else None
        return done


class DeadlineServer(TcpWSGIServer):
    """Closes connections whose request has been arriving for longer than a minute."""

    channel_class = DeadlineChannel

    def maintenance(self, now):
        super().maintenance(now)
        oldest = time.monotonic() - ARRIVAL_SECONDS
        for channel in self.active_channels.values():
            if channel.arriving_since and channel.arriving_since < oldest:
                channel.will_close = True


class WaitressWorker(Worker):
    def handle_exit(self, sig, frame):
        self.alive = False

    handle_quit = handle_exit

    def run(self):
        sockets = {}
        servers = [self._server(listener.sock, sockets) for listener in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self._turn(sockets, 1)
        self._finish(servers, sockets)

    def _server(self, listening, sockets):
        options = Adjustments(
            threads=self.cfg.threads, connection_limit=self.cfg.worker_connections, asyncore_use_poll=True,
            channel_timeout=30, cleanup_interval=5, max_request_body_size=LARGEST_BODY,
            max_request_header_size=LARGEST_HEADERS, ident=None, clear_untrusted_proxy_headers=True, **_proxies(),
        )  # fmt: skip
        return DeadlineServer(
            self.wsgi, sockets, _sock=listening, adj=options, bind_socket=False, sockinfo=_about(listening)
        )

    def _turn(self, sockets, seconds):
        self.notify()
        wasyncore.loop(timeout=seconds, map=sockets, use_poll=True, count=1)

    def _finish(self, servers, sockets):
        """Accept no new connection, and answer the requests that have come."""
        end = time.monotonic() + self.cfg.graceful_timeout - 1
        for server in servers:
            server.accepting = False
            server.del_channel(sockets)
        while any(map(_is_busy, servers)) and time.monotonic() < end:
            self._turn(sockets, 0.1)
        for server in servers:
            server.task_dispatcher.shutdown(timeout=1)


def _about(listening):
    return (listening.family, listening.type, listening.proto, listening.getsockname())


def _proxies():
    """Waitress trusts X-Forwarded-For and -Proto of as many proxies as TRUSTED_PROXIES says."""
    count = int(os.environ.get("TRUSTED_PROXIES") or 0)
    if not count:
        return {}
    return {
        "trusted_proxy": "*",
        "trusted_proxy_count": count,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def _is_busy(server):
    tasks = server.task_dispatcher
    channels = server.active_channels.values()
    return bool(tasks.queue or tasks.active_count or any(c.requests or c.total_outbufs_len for c in channels))
