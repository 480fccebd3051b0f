"""The sign-up forms: what they ask depends on the activity and on who signs up."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.concurrent_edits import OptimisticLock
from creativenorth.forms.once import OnceForm, PublicForm
from creativenorth.text.addresses import AddressFormField
from creativenorth.text.orgnr import parse
from creativenorth.text.plain_names import company_name, persons_name
from events.actions.signup import Attendee, Details
from events.models import Access, Diet, Question, Requirements, ShownTo

ME = "me"
CHOOSE = {"required": _("Choose one of the alternatives.")}
MODES = {"on_site": _("On site"), "online": _("Online")}


class SignUpForm(OnceForm):
    """What members and guests are both asked."""

    def __init__(self, data=None, *, activity, **options):
        super().__init__(data, **options)
        self.activity = activity
        self.questions = {f"question_{question.pk}": question for question in activity.questions.all()}
        self._ask_mode()
        for name, question in self.questions.items():
            self.fields[name] = _field_for(question)
        if activity.asks_diet:
            self.fields["diet"] = _checkboxes(_("Food"), Diet, self._erased_text())
        if activity.asks_access:
            self.fields["access"] = _checkboxes(_("What you need to take part"), Access, self._erased_text())
        self.fields["shown_to"] = forms.ChoiceField(
            label=_("Who sees your name among the participants?"),
            choices=[(value, capfirst(label)) for value, label in ShownTo.choices],
            initial=ShownTo.NOBODY,
            required=False,
            widget=forms.RadioSelect,
        )

    def _ask_mode(self):
        if len(self.activity.modes) > 1:
            choices = [(mode, MODES[mode]) for mode in self.activity.modes]
            self.fields["mode"] = forms.ChoiceField(
                label=_("How do you take part?"), choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE
            )

    def _erased_text(self):
        text = _("Only those who see to it read this. It is erased %(days)d days after the activity.")
        return text % {"days": self.activity.requirements_kept_days}

    @property
    def mode(self):
        return self.cleaned_data.get("mode") or self.activity.modes[0]

    def details(self):
        answers = {question.pk: self.cleaned_data.get(name) or "" for name, question in self.questions.items()}
        return Details(
            answers={pk: str(answer) for pk, answer in answers.items()},
            diet=self.cleaned_data.get("diet", []),
            access=self.cleaned_data.get("access", []),
            shown_to=self.cleaned_data["shown_to"] or ShownTo.NOBODY,
        )


def _checkboxes(label, choices, help_text):
    return forms.MultipleChoiceField(
        label=label,
        choices=[(value, capfirst(text)) for value, text in choices.choices],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=help_text,
    )


def _field_for(question):
    label, is_required = question.text, question.is_required
    if question.kind != Question.AnswerKind.TEXT:
        return forms.ChoiceField(
            label=label,
            choices=question.choices_of_answer,
            widget=forms.RadioSelect,
            required=is_required,
            error_messages=CHOOSE,
        )
    return forms.CharField(label=label, max_length=500, required=is_required)


class DetailsForm(OptimisticLock, SignUpForm):
    """The questions again for one who is signed up, with the present answers; or only who sees the name."""

    def __init__(self, data=None, *, registration, asks_all, **options):
        self.asks_all = asks_all
        super().__init__(data, activity=registration.activity, initial=_initial_from(registration), **options)
        del self.fields["idempotency_key"]
        self.fields.pop("mode", None)
        if not asks_all:
            self.fields = {"shown_to": self.fields["shown_to"]}
            self.questions = {}


def _initial_from(registration):
    found = Requirements.objects.filter(registration=registration).first()
    answers = {f"question_{answer.question_id}": answer.text for answer in registration.answers.all()}
    requirements = {"diet": found.diet, "access": found.access} if found else {}
    return answers | requirements | {"shown_to": registration.shown_to}


class MemberForm(SignUpForm):
    """For oneself, and for colleagues in companies that one may edit."""

    def __init__(self, data=None, *, activity, user, people, is_signed_up=False, left_out=(), **options):
        """`people` are those of the person's companies; `left_out` the keys of colleagues who are signed up already."""
        self.user, self.is_signed_up = user, is_signed_up
        super().__init__(data, activity=activity, **options)
        selves = Attendee.all_for_user(user, people) or [Attendee(user=user, language=user.language)]
        self.own_by_slug = {each.company.slug: each for each in selves if each.company}
        own = {ME: Attendee.first_open(selves, activity)}
        colleagues = {_key(each.user): each for each in Attendee.all_colleagues_of(user, people)}
        left = {key: each for key, each in colleagues.items() if each.user.pk not in left_out}
        self.attendees_by_key = ({} if is_signed_up else own) | left
        if colleagues or is_signed_up:
            self._ask_who()
        if len(self.own_by_slug) > 1 and not is_signed_up:
            self._ask_company(own[ME].company)

    def _ask_who(self):
        self.fields["who"] = forms.MultipleChoiceField(
            label=_("Who comes?"),
            choices=[
                (key, _("%(name)s (you)") % {"name": each.user} if each.user == self.user else str(each.user))
                for key, each in self.attendees_by_key.items()
            ],
            initial=[] if self.is_signed_up else [ME],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["together"] = forms.BooleanField(
            label=_("We only come together: wait until there are seats for all of us"), required=False
        )
        self.order_fields(["idempotency_key", "who", "together"])

    def _ask_company(self, company):
        self.fields["company"] = forms.ChoiceField(
            label=_("For which company do you come?"),
            choices=[(slug, each.company) for slug, each in self.own_by_slug.items()],
            initial=company.slug,
            required=False,  # the one-click button on the activity's page does not send it
        )
        self.order_fields(["idempotency_key", "who", "company", "together"])

    def attendees(self):
        if own := self.own_by_slug.get(self.cleaned_data.get("company")):
            self.attendees_by_key[ME] = own
        if "who" not in self.fields:
            return list(self.attendees_by_key.values())
        return [self.attendees_by_key[key] for key in self.cleaned_data["who"]]

    @property
    def together(self):
        return self.cleaned_data.get("together", False)


def _key(user):
    """The key of a person in the form, which does not reveal their id."""
    return salted_hmac("events.forms.signup.who", str(user.pk)).hexdigest()[:16]


class GuestForm(PublicForm, SignUpForm):
    """For somebody without an account. Nobody is signed up before the address is confirmed."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        validators=[persons_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressFormField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send you a link. You are signed up when you have opened it and confirmed."),
    )
    company_name = forms.CharField(
        label=_("Company"),
        max_length=120,
        required=False,
        validators=[company_name],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_number = forms.CharField(
        label=_("Organisation number"),
        max_length=20,
        required=False,
        help_text=_("If you have it at hand: 556016-0680. Leave it empty if you are a sole trader."),
    )
    companions = forms.CharField(
        label=_("Names of those who come with you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.activity.asks_organisation_number:
            del self.fields["organisation_number"]
        if self.activity.largest_party == 1:
            del self.fields["companions"]
        else:
            text = _("At most %(number)d, one on each line. You have seats together, or wait together.")
            self.fields["companions"].help_text = text % {"number": self.activity.largest_party - 1}

    def visible(self):
        return [field for field in self.visible_fields() if field.name != "subject_line"]

    def clean_organisation_number(self):
        if not (text := self.cleaned_data["organisation_number"].strip()):
            return ""
        number = parse(text)
        if number.is_person:
            raise ValidationError(_("That is a sole trader’s number, and so a personal one: leave it empty."))
        return str(number)

    def clean_companions(self):
        names = [line.strip()[:150] for line in self.cleaned_data["companions"].splitlines() if line.strip()]
        if len(names) >= self.activity.largest_party:
            text = _("At most %(number)d people can be signed up at once, you among them.")
            raise ValidationError(text % {"number": self.activity.largest_party})
        for name in names:
            persons_name(name)
        return names

    def contents(self):
        """The form as it is stored until the address is confirmed (events.actions.guests)."""
        details = self.details()
        return {
            "names": [self.cleaned_data["name"].strip(), *self.cleaned_data.get("companions", [])],
            "company_name": self.cleaned_data["company_name"].strip(),
            "organisation_number": self.cleaned_data.get("organisation_number", ""),
            "mode": self.mode,
            "answers": {str(pk): answer for pk, answer in details.answers.items()},
            "diet": details.diet,
            "access": details.access,
            "shown_to": details.shown_to,
        }
