"""Merging duplicates: two companies, or two accounts of one person."""

from members.actions.merging.merge import ChangedMeanwhile, merge_companies, merge_people

__all__ = ["ChangedMeanwhile", "merge_companies", "merge_people"]
