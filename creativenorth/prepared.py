"""Queries that are put together once per process; afterwards only their values are filled in.

    @prepared
    def courses_of(user, *, newest_first):
        courses = Activity.objects.filter(registrations__user=user, published_at__lte=Now())
        return courses.order_by("-pk" if newest_first else "pk")

    courses_of(request.user, newest_first=True)     # a list

Putting the SQL together costs Django several times what the database needs to answer. The function is called once for each
set of keyword arguments, with stand-ins for the positional ones, which are values in the SQL: texts, numbers, rows, lists of
numbers, never None. It sees nothing but its arguments; time, which passes, stands in it as `Now()` and `Today()`.
"""

from contextvars import ContextVar
from copy import copy
from datetime import date
from functools import wraps
from itertools import count

from django.db import connections
from django.db.models import DateField, DateTimeField, Expression, prefetch_related_objects
from django.utils import timezone

_is_preparing = ContextVar("is_preparing", default=False)


class _Argument(Expression):
    """Stands for the positional argument of that number; a list stands behind `__in`."""

    def __init__(self, number, is_list):
        super().__init__()
        self.number, self.is_list = number, is_list

    def as_sql(self, compiler, connection):
        return "SELECT unnest(%s)" if self.is_list else "%s", [self]

    def value(self, arguments):
        return arguments[self.number]


class _Clock(Expression):
    """A time that is read whenever the query is sent; also in queries that are not prepared."""

    def as_sql(self, compiler, connection):
        return "%s", [self if _is_preparing.get() else self.value()]


class Now(_Clock):
    output_field = DateTimeField()

    def value(self, arguments=()):
        return timezone.now()


class Today(_Clock):
    """In Sweden."""

    output_field = DateField()

    def value(self, arguments=()):
        return timezone.localdate()


def prepared(function):
    """Decorator of a function that answers a queryset: it answers the list."""
    known = {}

    @wraps(function)
    def answer(*arguments, **shape):
        are_lists = [isinstance(argument, list) for argument in arguments]
        key = (*are_lists, *sorted(shape.items()))
        if key not in known:
            known[key] = _Prepared(function(*map(_Argument, count(), are_lists), **shape))
        return known[key].answer([getattr(argument, "pk", argument) for argument in arguments])

    return answer


class _Prepared:
    def __init__(self, queryset):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        token = _is_preparing.set(True)
        try:
            self.sql, self.values = self.compiler.as_sql()
        finally:
            _is_preparing.reset(token)
        if any(isinstance(value, date) for value in self.values):
            raise TypeError("A time in a prepared query would stand still: use Now() or Today().")

    def answer(self, arguments):
        values = tuple(each.value(arguments) if isinstance(each, _Argument | _Clock) else each for each in self.values)
        compiler = copy(self.compiler)
        compiler.connection = connections[compiler.using]  # each thread has its own
        compiler.as_sql = lambda *_, **__: (self.sql, values)
        query = copy(self.queryset.query)
        query.get_compiler = lambda *_, **__: compiler
        filled = object.__new__(type(self.queryset))
        vars(filled).update(vars(self.queryset), _query=query)
        rows = list(self.queryset._iterable_class(filled))
        if self.queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *self.queryset._prefetch_related_lookups)
        return rows
