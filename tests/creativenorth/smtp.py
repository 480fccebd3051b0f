"""A mail server in a thread, which answers as a test says and keeps the mail it accepts."""

import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.conversations += 1
        if self.server.silent:
            time.sleep(self.server.silent)
            return
        for byte in self.server.dripping:
            self.wfile.write(bytes([byte]))
            time.sleep(0.1)
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                self._take()
            elif verb == "QUIT":
                self._say(self.server.goodbye)
                return
            else:
                self._say(self.server.answers.get(verb, "250 ok"))

    def _take(self):
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        answer = self.server.answers.get("DATA", "250 taken")
        if answer.startswith("2"):
            self.server.taken.append(message_from_bytes(b"".join(lines)))
        self._say(answer)

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def smtp_server(*, silent=0, dripping=b"", goodbye="221 bye", port=0, **answers):
    """`RCPT="550 no such user"` answers so; `silent` keeps quiet for so many seconds; `dripping` says this first, byte by byte."""
    with _Server(("127.0.0.1", port), _Conversation) as server:
        server.answers, server.silent, server.dripping, server.goodbye = answers, silent, dripping, goodbye
        server.taken, server.conversations = [], 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
