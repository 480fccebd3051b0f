"""Who may do what with programmes."""


def may_edit(user):
    """Staff with the permission to change programmes: they see drafts, publish and take off the site."""
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm("programmes.change_programme")


def may_edit_strategy(user):
    """Staff with the permission to change strategies."""
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm("programmes.change_strategy")
