from programmes.models.programme import Programme
from programmes.models.project import Funder, FundPeriod, Project
from programmes.models.strategy import Strategy

__all__ = ["FundPeriod", "Funder", "Programme", "Project", "Strategy"]
