#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError, ProgrammingError
from environs import EnvError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creativenorth.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("DEMO", "1")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as refusal:
        sys.exit(f"Creative North cannot start. {refusal}")
    except OperationalError as error:
        sys.exit(f"The database that DATABASE_URL names does not answer, or gives up: {' '.join(str(error).split())}")
    except ProgrammingError as error:
        if "does not exist" not in str(error):
            raise
        sys.exit("The database is not of this version: run manage.py migrate first.")
