from events.models.activity import Activity, Kind, Mode
from events.models.attendance import Attendance, Method
from events.models.calendar_feed import Feed
from events.models.guest_signup import GuestSignUp
from events.models.notice import Notice
from events.models.questions import Access, Answer, Diet, Invitee, Question, Requirements
from events.models.registration import Registration
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
    "Diet",
    "Feed",
    "Frequency",
    "GuestSignUp",
    "Invitee",
    "Kind",
    "Method",
    "Mode",
    "Notice",
    "Policy",
    "Question",
    "Registration",
    "Requirements",
    "Series",
    "Session",
    "ShownTo",
    "State",
]
