from events.admin.activities import ActivityAdmin
from events.admin.registrations import RegistrationAdmin

__all__ = ["ActivityAdmin", "RegistrationAdmin"]
