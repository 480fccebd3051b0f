"""The cluster's texts for the pages that are made of them."""

from creativenorth.site.models import Cluster
from creativenorth.views import context


def site_with(request, cluster=None):
    """`site` as every page has it, with the given cluster's texts, else the saved ones, else empty ones."""
    site = dict(context.site(request)["site"])
    return {"project": None, "funders": []} | site | {
        "cluster": cluster or site.get("cluster") or Cluster(name="Creative North")
    }  # fmt: skip
