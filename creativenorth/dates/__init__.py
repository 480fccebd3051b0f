from creativenorth.dates.in_words import clock_text, date_text, days_text, month_text, time_text, week_text

__all__ = ["clock_text", "date_text", "days_text", "month_text", "time_text", "week_text"]
