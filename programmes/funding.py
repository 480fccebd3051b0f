"""What activities are told of their funding: copies keep it, and who comes has the role it names."""

from events.funding import activity_copied, default_roles
from programmes.models import ActivityFunding


@activity_copied.register
def copy_funding(activity, copy):
    if funding := ActivityFunding.objects.filter(activity=activity).first():
        funding.pk, funding.activity = None, copy
        funding._state.adding = True
        funding.save()


@default_roles.register
def role_by_funding(activity):
    return ActivityFunding.objects.filter(activity=activity).values_list("default_role", flat=True).first()
