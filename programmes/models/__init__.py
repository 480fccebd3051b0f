from programmes.models.programme import Programme
from programmes.models.project import Funder, Period, Project
from programmes.models.strategy import Strategy

__all__ = ["Funder", "Period", "Programme", "Project", "Strategy"]
