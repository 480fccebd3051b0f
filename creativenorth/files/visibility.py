"""Who may fetch an uploaded file: who may see what it belongs to. Each app says it of the folders that its models write to."""

_rules = {}


def file_rule(*folders):
    """Register `function(name, user) -> bool` for files in the folders; `name` is the whole picture's, whichever width is asked for."""

    def register(function):
        _rules.update(dict.fromkeys(folders, function))
        return function

    return register


def may_fetch(name, user):
    rule = _rules.get(name.partition("/")[0])
    return rule is not None and rule(name, user)
