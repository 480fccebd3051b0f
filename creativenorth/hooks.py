"""How a lower floor asks those above it, which it may not import: it owns a hook, they register with it.

    todos = Hook("Called with a member of staff; yields `ToDo`s.")

    @todos.register
    def enquiries(user): ...

    found = todos(user)            # what each of them answers, in the order of registration

Apps register in `AppConfig.ready`, by importing the modules that do.
"""


class Hook:
    """Registered functions, or values, in order. The sentence says what each receives and answers."""

    def __init__(self, promise):
        self.__doc__ = promise
        self.registered = []

    def register(self, registrant):
        """Also as a decorator."""
        self.registered.append(registrant)
        return registrant

    def __iter__(self):
        return iter(self.registered)

    def __call__(self, *args):
        """The answers of all functions."""
        return [function(*args) for function in self.registered]
