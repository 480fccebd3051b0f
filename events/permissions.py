"""Who may do what with activities."""


def may_edit(user):
    """Staff with the permission to change activities: they see drafts, publish and cancel."""
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm("events.change_activity")
