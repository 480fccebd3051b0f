from programmes.models.funding import ActivityFunding
from programmes.models.programme import Programme
from programmes.models.project import Funder, FundPeriod, Project
from programmes.models.strategy import Strategy

__all__ = ["ActivityFunding", "FundPeriod", "Funder", "Programme", "Project", "Strategy"]
