from creativenorth.forms.concurrent_edits import OptimisticLockForm, OptimisticLockFormSet
from programmes.models import ActivityFunding

PREFILLED = ("project", "is_selective", "default_role")


class ActivityFundingForm(OptimisticLockForm):
    def has_changed(self):
        """A new one is saved where a project is chosen, also as it was prefilled."""
        if self.instance.pk or not self.is_bound:
            return super().has_changed()
        return bool(self.data.get(self.add_prefix("project")))


class ActivityFundingFormSet(OptimisticLockFormSet):
    """At a new activity filled in as at the last one."""

    def __init__(self, *args, instance=None, **kwargs):
        if instance is None or instance.pk is None:
            last = ActivityFunding.objects.order_by("pk").values(*PREFILLED).last()
            kwargs["initial"] = [last] if last else []
        super().__init__(*args, instance=instance, **kwargs)
