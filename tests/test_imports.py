"""Imports run one way: members → no app, events → members, programmes → events and members, plain modules → no app."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = {"members", "events", "programmes"}
MAY_IMPORT = {
    "members": {"members"},
    "events": {"events", "members"},
    "programmes": {"programmes", "events", "members"},
}
# What each part of an app may not import of it: models ← permissions, actions ← forms ← views, admin, staff.
UPWARDS = {
    "models": {"permissions", "actions", "forms", "views", "admin", "staff"},
    "permissions": {"forms", "views", "admin", "staff"},
    "actions": {"forms", "views", "admin", "staff"},
    "forms": {"views", "admin", "staff"},
    "views": {"admin", "staff"},
    "admin": {"views"},
    "staff": {"views"},
}
# These modules of the project put the apps together.
JOINTS = ("urls.py", "apps.py", "admin.py", "admin/", "views/", "management/", "content/")


def modules():
    return sorted(path for name in ("creativenorth", *APPS) for path in (ROOT / name).rglob("*.py"))


def imported(path):
    """The names of the modules that a module imports, wherever in it the import stands."""
    tree = ast.parse(path.read_text())
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node for node in froms if node.level], path
    return {*names, *(f"{node.module}.{alias.name}" for node in froms for alias in node.names)}


def part_of(name):
    """App or package, and the part of it: ("events", "forms") of events.forms.signup."""
    return tuple([*name.split("."), ""][:2])


def allowed(path):
    package, _, rest = path.relative_to(ROOT).as_posix().partition("/")
    if package in APPS:
        return MAY_IMPORT[package]
    return APPS if rest.startswith(JOINTS) else set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_imports_only_what_lies_below_it(path):
    assert {name.split(".")[0] for name in imported(path)} & APPS <= allowed(path)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_imports_only_what_lies_below_it_in_its_app(path):
    app, part = part_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    upwards = {(app, each) for each in UPWARDS.get(part, ()) if app in APPS}

    assert {part_of(name) for name in imported(path)} & upwards == set()


def test_plain_modules_know_neither_urls_nor_views():
    upwards = {"creativenorth.urls", "creativenorth.views", "creativenorth.admin"}
    plain = [path for path in modules() if allowed(path) == set()]

    found = {
        path.relative_to(ROOT).as_posix(): node.module
        for path in plain
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(tuple(upwards))
    }

    assert found == {}
