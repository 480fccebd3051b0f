from members.models.affiliation import Affiliation, Invitation
from members.models.company import Company
from members.models.company_number import CompanyNumber, NumberReading
from members.models.duplicates import DistinctPair, Merge
from members.models.enquiry import PIPELINE_STAGES, Enquiry, EnquiryNote, EnquiryStep
from members.models.export import Export
from members.models.letter import Letter, Readers
from members.models.membership import Membership
from members.models.notification_choice import NotificationChoice
from members.models.profile_draft import ProfileDraft
from members.models.table_import import Import
from members.models.user import User
from members.models.visibility import Audience, Visibility, audience_of
from members.models.vocabulary import LookingFor, Sector, Skill
from members.models.work import Work

__all__ = [
    "PIPELINE_STAGES",
    "Affiliation",
    "Audience",
    "Company",
    "CompanyNumber",
    "DistinctPair",
    "Enquiry",
    "EnquiryNote",
    "EnquiryStep",
    "Export",
    "Import",
    "Invitation",
    "Letter",
    "LookingFor",
    "Membership",
    "Merge",
    "NotificationChoice",
    "NumberReading",
    "ProfileDraft",
    "Readers",
    "Sector",
    "Skill",
    "User",
    "Visibility",
    "Work",
    "audience_of",
]  # fmt: skip
