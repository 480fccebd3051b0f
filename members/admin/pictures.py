"""What staff replace, clear or delete in the admin takes its picture's files along."""

from members.actions.pictures import forget_pictures, pictures_of
from members.models import Company


class WithPictures:
    """Mixin of the company's admin."""

    def save_related(self, request, form, formsets, change):
        """The pictures of the rows as they were: `save_model` has written the company's own, the works come now."""
        before = pictures_of(form.instance) | {
            form[name].initial.name for name in ("logo", "cover") if form[name].initial
        }
        super().save_related(request, form, formsets, change)
        forget_pictures(before - pictures_of(Company.objects.get(pk=form.instance.pk)))

    def delete_model(self, request, obj):
        forget_pictures(pictures_of(obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        forget_pictures({name for company in queryset for name in pictures_of(company)})
        super().delete_queryset(request, queryset)
