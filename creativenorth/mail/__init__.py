"""Every mail is a row first, written in the transaction of its cause: `mail.queue(…)`."""

from creativenorth.mail.outbox import UnsafeHeader, footer_source, queue, queue_message, queue_text

__all__ = ["UnsafeHeader", "footer_source", "queue", "queue_message", "queue_text"]
