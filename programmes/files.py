"""Who may fetch funders' logos and the documents of strategies."""

from creativenorth.files.visibility import file_rule
from programmes.models import Strategy


@file_rule("funders")
def is_of_a_funder(name, user):
    return True


@file_rule("strategies")
def is_of_a_strategy(name, user):
    return Strategy.objects.visible_to(user).filter(document=name).exists()
