"""Making one of two companies, or of two people, that are the same."""

from members.actions.merging.merge import ChangedMeanwhile, merge_companies, merge_people

__all__ = ["ChangedMeanwhile", "merge_companies", "merge_people"]
