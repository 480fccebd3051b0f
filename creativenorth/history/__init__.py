from creativenorth.history.names import known
from creativenorth.history.recording import recorded, recorded_links

__all__ = ["known", "recorded", "recorded_links"]
