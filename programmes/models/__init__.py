from programmes.models.programme import Programme
from programmes.models.project import Funder, Period, Project

__all__ = ["Funder", "Period", "Programme", "Project"]
