"""Attendance at activities of a project, and at all within its time, is kept as long as its funder requires."""

from django.db.models import Q

from events.retention import retention_rules
from programmes.models import Project


@retention_rules.register
def for_funders(attendances):
    days = []
    for project in Project.objects.all():
        within = Q()
        if project.starts_on:
            within &= Q(session__starts_at__date__gte=project.starts_on)
        if project.ends_on:
            within &= Q(session__starts_at__date__lte=project.ends_on)
        within |= Q(session__activity__funding__project=project) if within else Q()
        if attendances.filter(within).exists():
            days.append(project.documents_until)
    return max(days, default=None)
