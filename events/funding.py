"""How the floor above says under which project an activity runs, without this one knowing projects."""

from creativenorth.hooks import Hook

activity_inlines = Hook("Values: inlines of the activity's admin form, each a collapsed section of its own.")
activity_copied = Hook("Called with an activity and its saved copy.")
default_roles = Hook("Called with an activity; answers the role of whoever comes to it, or None.")


def default_role(activity):
    """The role that an attendance gets unless staff choose another, or None."""
    return next(filter(None, default_roles(activity)), None)
