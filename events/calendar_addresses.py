"""Months and weeks as parts of an address: "2026-12" and "2026-v53". What is no month or week is no address."""

from datetime import date

from django.urls import register_converter


class MonthConverter:
    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value):
        year, month = value.split("-")
        return date(int(year), int(month), 1)

    def to_url(self, value):
        return f"{value.year:04d}-{value.month:02d}"


class WeekConverter:
    regex = "[0-9]{4}-v[0-9]{2}"

    def to_python(self, value):
        year, week = value.split("-v")
        return date.fromisocalendar(int(year), int(week), 1)

    def to_url(self, value):
        year, week, _weekday = value.isocalendar()
        return f"{year:04d}-v{week:02d}"


register_converter(MonthConverter, "month")
register_converter(WeekConverter, "week")
