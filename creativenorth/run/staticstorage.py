"""Static files with hashed names, compressed; the imports of each style sheet and script are put into one file."""

import re
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = {
    ".css": (re.compile(r'@import url\("([^":]+)"\);'), "{}"),
    ".js": (
        re.compile(r'^import "\./([^"]+)";$', re.MULTILINE),
        "{{\n{}}}",
    ),  # each in a block of its own, since they may use the same names
}


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """The sources have one file per component; a visitor fetches one style sheet and one script."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for name in list(paths):
                if name.startswith(("css/", "js/")):
                    self._inline_imports(name)
                    paths[name] = (self, name)  # hash the bundle, not the source file
        yield from super().post_process(paths, dry_run, **options)

    def _inline_imports(self, name):
        pattern, wrapper = _IMPORTS[Path(name).suffix]
        source = self._read(name)
        folder = name.rpartition("/")[0]
        bundled = pattern.sub(lambda match: wrapper.format(self._read(f"{folder}/{match[1]}")), source)
        if bundled != source:
            with open(self.path(name), "w", encoding="utf-8") as target:
                target.write(bundled)

    def _read(self, name):
        with self.open(name) as file:
            return file.read().decode()
