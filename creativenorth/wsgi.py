import os

from django.core.wsgi import get_wsgi_application

from creativenorth.run.checks import refuse_half_configured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creativenorth.settings")
application = get_wsgi_application()
refuse_half_configured()
