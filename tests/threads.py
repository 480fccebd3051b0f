"""Many at once, in real threads, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(function, items, *, threads=25):
    """`function` for each item, as many at once as there are threads; results or errors, in order."""

    def run(item):
        try:
            return function(item)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, items))
