"""All mail goes through the outbox: `mail.queue(…)` writes a row in the transaction of its cause."""

from creativenorth.mail.outbox import UnsafeHeader, draft, draft_text, footer_facts, queue, queue_message, queue_text

__all__ = ["UnsafeHeader", "draft", "draft_text", "footer_facts", "queue", "queue_message", "queue_text"]
