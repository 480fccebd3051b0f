from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded, recorded_links
from creativenorth.publishing import public_data
from creativenorth.text.addresses import AddressField, normal_address
from creativenorth.text.constraints import is_known_language
from creativenorth.text.plain_names import persons_name
from creativenorth.text.swedish import name_key_field


class StaffRole(models.TextChoices):
    """The groups of staff; what each may do is set by `load_cluster`."""

    COORDINATOR = "coordinator", _("coordinator")
    ECONOMIST = "economist", _("economist")
    HOST = "host", _("host")
    READER = "reader", _("reader")


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """Without a password the person signs in by a code in a mail."""
        user = self.model(email=normal_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def successors_of(self, keys):
        """{key of an account that was merged away: key of the account it became part of}."""
        return dict(self.filter(merges__gone__in=keys).values_list("merges__gone", "pk"))


@public_data(columns=("name", "email", "is_active"))
@recorded("password", "last_login", "passkey_offered_at", "name_key")
class User(AbstractBaseUser, PermissionsMixin):
    """A person, who signs in by e-mail."""

    email = AddressField(_("e-mail"), unique=True, error_messages={"unique": _("This address already has an account.")})
    name = models.CharField(_("name"), max_length=150, validators=[persons_name])
    name_key = name_key_field("name")
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", "Svenska"), ("en", "English")], default="sv"
    )
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May open the admin."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switch this off instead of deleting the account.")
    )
    erase_on = models.DateField(
        _("to be erased on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("A rule keeps name and address until then."),
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    invited_to_staff_at = models.DateTimeField(_("invited to the staff at"), null=True, editable=False)
    passkey_offered_at = models.DateTimeField(null=True, editable=False)
    joined_at = models.DateTimeField(_("account since"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        permissions = [("manage_staff", _("May invite colleagues to the staff and change their roles"))]
        constraints = [
            is_known_language("person_reads_a_known_language"),
            models.CheckConstraint(
                condition=Q(erased_at=None, erase_on=None) | Q(is_active=False), name="erased_person_is_not_active"
            ),
        ]

    def __str__(self):
        return gettext("erased person") if self.erased_at else self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0] if self.name else self.email


@recorded_links
class PersonPermission(User.user_permissions.through):
    """A permission of a person besides those of their groups."""

    class Meta:
        proxy = True
        default_permissions = ()


@recorded_links
class GroupPermission(Group.permissions.through):
    """A permission of a group of staff."""

    class Meta:
        proxy = True
        default_permissions = ()


@recorded_links
class PersonGroup(User.groups.through):
    """A person's membership of a group of staff."""

    class Meta:
        proxy = True
        default_permissions = ()


class NotificationChoice(models.Model):
    """A kind of mail that the person has switched off (members.hooks.notifications); without a row it is on."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications_off", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=40)
    off_since = models.DateTimeField(_("off since"), auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_choice_per_kind")]

    def __str__(self):
        return f"{known(self, 'user')} · {self.kind}"
