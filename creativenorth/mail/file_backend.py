"""Writes mail to files instead of sending it, for the demo and for development."""

import re
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class Backend(BaseEmailBackend):
    """Each mail becomes one .eml file; a second attempt overwrites it."""

    def send_messages(self, messages):
        for message in messages:
            self._write(message.message())
        return len(messages)

    def _write(self, mime):
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        key = re.sub(r"[^0-9a-zA-Z-]", "", mime["Message-ID"].partition("@")[0])
        for earlier in folder.glob(f"*_{key}.eml"):
            earlier.unlink()
        (folder / f"{timezone.now():%Y%m%d-%H%M%S-%f}_{key}.eml").write_bytes(mime.as_bytes())
