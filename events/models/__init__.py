from events.models.activity import Activity, Kind, Mode
from events.models.session import Session

__all__ = ["Activity", "Kind", "Mode", "Session"]
