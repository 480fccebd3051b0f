"""The site's content: the cluster's texts, the introductions of its pages, and news."""

from creativenorth.site.cluster import Cluster
from creativenorth.site.news import NewsItem
from creativenorth.site.page_texts import Page, PageText

__all__ = ["Cluster", "NewsItem", "Page", "PageText"]
