def may_edit(user):
    """See drafts, publish and take off the site."""
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm("programmes.change_programme")


def may_edit_strategy(user):
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm("programmes.change_strategy")
