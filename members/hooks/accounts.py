"""What other apps do when an account is opened or closed; they register here."""

_when_opened, _when_closed = [], []


def on_account_opened(function):
    """Register `function(user)`, called once the address is confirmed, and again for each further address or merged account."""
    _when_opened.append(function)
    return function


def on_account_closed(function):
    """Register `function(user)`, called in the transaction that closes the account."""
    _when_closed.append(function)
    return function


def account_opened(user):
    for function in _when_opened:
        function(user)


def account_closed(user):
    for function in _when_closed:
        function(user)
