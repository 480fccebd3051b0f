"""The README's table of settings is complete: every environment variable the code reads, with its type."""

import ast
import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
TYPES = {"str": "text", "int": "number", "bool": "yes/no", "list": "list", "dj_email_url": "text"}


def variables_read():
    """Name, type, and the default where it is written out in the code."""
    for path in sorted((HOUSE / "creativenorth").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env"), attr=kind), args=[ast.Constant(name), *rest]
                ):
                    yield name, TYPES[kind], rest[0].value if rest and isinstance(rest[0], ast.Constant) else None


def variables_documented():
    row = r"^\| `([A-Z0-9_]+)` \| ([^|]+) \| ([^|]+) \|"
    return re.findall(row, (HOUSE / "README.md").read_text(), flags=re.MULTILINE)


def test_readme_lists_every_environment_variable_once_with_its_type():
    documented = [(name, kind) for name, kind, _ in variables_documented()]

    assert sorted(documented) == sorted({(name, kind) for name, kind, _ in variables_read()})


def test_readme_tells_the_defaults_that_the_code_has():
    documented = {name: default for name, _, default in variables_documented()}
    in_words = {"False": "no", "True": "yes in production"}

    for name, _, default in variables_read():
        if default not in (None, ""):
            assert documented[name].split(";")[0].strip("`") == in_words.get(str(default), str(default))


def test_readme_names_every_make_target_that_exists():
    targets = set(re.findall(r"^([a-z-]+):.*## ", (HOUSE / "Makefile").read_text(), flags=re.MULTILINE))

    named = set(re.findall(r"`make ([a-z-]+)", (HOUSE / "README.md").read_text()))

    assert named == targets - {"help"}
