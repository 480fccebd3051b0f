from events.models.activity import Activity, Kind, Mode
from events.models.attendance import Attendance, Flag, Method, Role
from events.models.calendar_feed import Feed
from events.models.correction import Correction
from events.models.guest_signup import GuestSignUp
from events.models.notice import Notice
from events.models.questions import Access, Answer, Diet, Invitee, Question, Requirements
from events.models.registration import Registration
from events.models.scan import Outcome, Passing, Scan
from events.models.series import Frequency, Series
from events.models.session import Session
from events.models.signup import Audience, Policy
from events.models.states import Cause, ShownTo, State

__all__ = [
    "Access",
    "Activity",
    "Answer",
    "Attendance",
    "Audience",
    "Cause",
    "Correction",
    "Diet",
    "Feed",
    "Flag",
    "Frequency",
    "GuestSignUp",
    "Invitee",
    "Kind",
    "Method",
    "Mode",
    "Notice",
    "Outcome",
    "Passing",
    "Policy",
    "Question",
    "Registration",
    "Requirements",
    "Role",
    "Scan",
    "Series",
    "Session",
    "ShownTo",
    "State",
]
