"""Which tables the public pages are made of: a change of one makes a new content version, at the commit of what changed it."""

import pgtrigger

# Once in a transaction: a thousand changed rows make one new version.
_NEW_VERSION = """
    IF {only_if} AND current_setting('creativenorth.bumped_in', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO creativenorth_contentversion (id, version) VALUES (1, gen_random_uuid())
            ON CONFLICT (id) DO UPDATE SET version = excluded.version;
        PERFORM set_config('creativenorth.bumped_in', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
"""
_NEW_FRAME = """
    INSERT INTO creativenorth_contentversion (id, version, frame) VALUES (1, gen_random_uuid(), gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET frame = excluded.frame;
    RETURN NULL;
"""


def public_data(*, columns=(), only_if="true", frame=False):
    """Class decorator: a change of a row makes public pages anew; an update only where it is of `columns`, if they are given.

    `only_if` is SQL about the row, NEW or OLD, such as that it is published. With `frame` a change also makes anew what
    stands around every page.
    """
    update = pgtrigger.UpdateOf(*columns) if columns else pgtrigger.Update
    operation = pgtrigger.Insert | pgtrigger.Delete | update

    def decorate(model):
        _on_commit("bump_content", operation, _NEW_VERSION.format(only_if=only_if))(model)
        if frame:
            _on_commit("bump_frame", operation, _NEW_FRAME)(model)
        return model

    return decorate


def _on_commit(name, operation, func):
    trigger = pgtrigger.Trigger(
        name=name, operation=operation, when=pgtrigger.After, timing=pgtrigger.Deferred, func=func
    )
    return pgtrigger.register(trigger)
