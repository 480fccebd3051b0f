import os

from django.conf import settings
from django.core.management.base import BaseCommand

from creativenorth.run import webserver


class Command(BaseCommand):
    help = "Runs the production web server in the place of this process; HOST, PORT and WEB_WORKERS say how."

    def handle(self, *args, **options):
        command = webserver.command(host=settings.HOST, port=settings.PORT, workers=settings.WEB_WORKERS)
        os.execv(command[0], command)
