"""Imports run one way: between the apps by floor, inside an app from its models up, and in no circle between rooms."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Floor → the floors beneath it that it may import. A module belongs to the longest name that it begins with.
BENEATH = {
    "creativenorth": set(),
    "members": {"creativenorth"},
    "members.matching": {"creativenorth", "members"},
    "events": {"creativenorth", "members"},
    "programmes": {"creativenorth", "members", "events"},
    "programmes.proof": {"creativenorth", "members", "members.matching", "events", "programmes"},
}
# These parts of the ground put the apps together.
JOINTS = {f"creativenorth.{part}" for part in ("urls", "apps", "admin", "views", "management", "content")}
# What each room of an app may not import of it: models ← permissions, actions ← forms ← views, admin, staff.
SCREENS = {"views", "admin", "staff"}
ABOVE = {
    "models": {"permissions", "profile", "actions", "pages", "hooks", "forms", *SCREENS},
    "permissions": {"actions", "pages", "hooks", "forms", *SCREENS},
    "profile": {"actions", "pages", "hooks", "forms", *SCREENS},
    "actions": {"pages", "forms", *SCREENS},
    "pages": {"hooks", "forms", *SCREENS},
    "hooks": {"forms", *SCREENS},
    "forms": SCREENS,
    "views": {"admin", "staff"},
    "admin": {"views"},
    "staff": {"views", "admin"},
}


@cache
def modules():
    """{name: file} of every module of ours."""
    files = [
        path for app in ("creativenorth", "members", "events", "programmes") for path in (ROOT / app).rglob("*.py")
    ]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


@cache
def imported(name):
    """The modules of ours that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(modules()[name].read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports by dots"
            found |= {_module_of(f"{node.module}.{alias.name}") for alias in node.names}
    return {each for each in found if each in modules()}


def _module_of(name):
    return name if name in modules() else name.rpartition(".")[0]


def floor_of(name):
    return max((floor for floor in BENEATH if name == floor or name.startswith(f"{floor}.")), key=len)


def room_of(name):
    """("events", "forms") of events.forms.signup, ("members.matching", "models") of members.matching.models.post."""
    floor = floor_of(name)
    return floor, name.removeprefix(floor).strip(".").partition(".")[0]


def is_joint(name):
    return ".".join(room_of(name)) in JOINTS


def dotted_imports(path):
    """Every name that a file imports, as in "django.utils.text.slugify", wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import | ast.ImportFrom):
            start = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            yield from (start + alias.name for alias in node.names)


@pytest.mark.parametrize("path", sorted([*modules().values(), *(ROOT / "tests").rglob("*.py")]), ids=str)
def test_a_file_imports_nothing_that_is_private_elsewhere(path):
    def is_private(part):
        return part == "internal" or (part.startswith("_") and not part.startswith("__"))

    assert [name for name in dotted_imports(path) if any(is_private(part) for part in name.split("."))] == []


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_imports_only_what_lies_below_it(name):
    if is_joint(name):
        return
    floor = floor_of(name)

    assert {floor_of(each) for each in imported(name)} - {floor} <= BENEATH[floor]


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_imports_nothing_from_above_it_in_its_app(name):
    floor, room = room_of(name)
    above = {(floor, each) for each in ABOVE.get(room, ())} if floor != "creativenorth" else set()

    assert {room_of(each) for each in imported(name)} & above == set()


def test_the_plain_rooms_of_the_ground_know_neither_urls_nor_views():
    above = {"creativenorth.urls", "creativenorth.views", "creativenorth.admin"}
    plain = [name for name in modules() if floor_of(name) == "creativenorth" and not is_joint(name)]

    assert {name for name in plain if {".".join(room_of(each)) for each in imported(name)} & above} == set()


def _arrows(floor, label):
    """{room or module: those that it imports} of one floor."""
    arrows = {}
    for name in modules():
        if floor_of(name) == floor and ".migrations" not in name:
            own = {label(each) for each in imported(name) if floor_of(each) == floor}
            arrows.setdefault(label(name), set()).update(own - {label(name)})
    return arrows


def _in_circle(arrows):
    def reached(start):
        seen, left = set(), [start]
        while left:
            new = arrows.get(left.pop(), set()) - seen
            seen |= new
            left += new
        return seen

    return {each for each in arrows if each in reached(each)}


@pytest.mark.parametrize("floor", BENEATH)
def test_no_circle_between_the_rooms_of_a_floor(floor):
    assert _in_circle(_arrows(floor, lambda name: room_of(name)[1])) == set()


def test_no_circle_between_the_modules_inside_a_room():
    faces = {name for name, path in modules().items() if path.name == "__init__.py"}
    arrows = {name: imported(name) - faces for name in modules() if name not in faces}

    assert _in_circle(arrows) == set()


@pytest.mark.parametrize("folder", sorted({path.parent for path in modules().values()}), ids=str)
def test_a_folder_holds_fifteen_modules_at_most(folder):
    own = [path for path in modules().values() if path.parent == folder and path.name != "__init__.py"]

    assert len(own) <= 15
