from members.models.affiliation import Affiliation, Invitation
from members.models.company import Company
from members.models.company_number import CompanyNumber, NumberReading
from members.models.duplicates import DistinctPair, Merge
from members.models.enquiry import PIPELINE_STAGES, Enquiry, EnquiryStep
from members.models.export import Export
from members.models.letter import Letter, MemberRecipients
from members.models.membership import Membership
from members.models.notes import CompanyNote, EnquiryNote
from members.models.profile.version import ProfileVersion
from members.models.profile.visibility import ProfileAudience, Visibility, audience_of
from members.models.profile.work import Work
from members.models.sectors_and_skills import LookingFor, Sector, Skill
from members.models.table_import import Import
from members.models.user import NotificationChoice, StaffRole, User

__all__ = [
    "PIPELINE_STAGES",
    "Affiliation",
    "Company",
    "CompanyNote",
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
    "MemberRecipients",
    "Membership",
    "Merge",
    "NotificationChoice",
    "NumberReading",
    "ProfileAudience",
    "ProfileVersion",
    "Sector",
    "Skill",
    "StaffRole",
    "User",
    "Visibility",
    "Work",
    "audience_of",
]
