"""What happens when a person gets an account or loses it. The floors above register here: this app knows nothing of theirs."""

_on_arrival, _on_departure = [], []


def on_arrival(function):
    """Register `function(user)`, called with the account, whose address is confirmed, and again with each further address."""
    _on_arrival.append(function)
    return function


def on_departure(function):
    """Register `function(user)`, called in the transaction that closes the account."""
    _on_departure.append(function)
    return function


def has_arrived(user):
    for function in _on_arrival:
        function(user)


def has_left(user):
    for function in _on_departure:
        function(user)
