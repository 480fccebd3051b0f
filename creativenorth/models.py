"""creativenorth's tables, gathered for Django; each stands in the room that it belongs to."""

from creativenorth.mail.models import Mail, MailTemplate, SystemMail
from creativenorth.publishing.models import ContentVersion
from creativenorth.search.models import SearchWord, WordGroup
from creativenorth.site.models import Cluster, NewsItem, PageText

__all__ = [
    "Cluster",
    "ContentVersion",
    "Mail",
    "MailTemplate",
    "NewsItem",
    "PageText",
    "SearchWord",
    "SystemMail",
    "WordGroup",
]
