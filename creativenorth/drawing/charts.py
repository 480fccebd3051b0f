"""Numbers for small bar charts, which the templates draw as SVG and repeat as a table."""

from dataclasses import dataclass

WIDTH, HEIGHT = 360, 140
HEAD, FOOT = 22, 24  # room for the figure over a bar, and for its name under it
GAP = 0.3


@dataclass(frozen=True)
class Bar:
    """One column with its position in the drawing. `is_ahead` marks what has not happened yet."""

    label: str
    name: str
    value: int
    x: float
    y: float
    width: float
    height: float
    is_ahead: bool = False

    @property
    def middle(self):
        return round(self.x + self.width / 2, 1)

    @property
    def top(self):
        return round(self.y - 6, 1)


@dataclass(frozen=True)
class Bars:
    """A bar chart."""

    bars: list
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    foot: int = HEIGHT - 7


def bars(rows):
    """The bar chart of `rows`: (short label, whole name, value, is ahead)."""
    rows = list(rows)
    most = max([value for _label, _name, value, _ahead in rows] or [0]) or 1
    step = WIDTH / max(len(rows), 1)
    drawn = []
    for number, (label, name, value, is_ahead) in enumerate(rows):
        height = round((HEIGHT - HEAD - FOOT) * value / most, 1)
        position = {"x": round(number * step + step * GAP / 2, 1), "y": round(HEIGHT - FOOT - height, 1)}
        drawn.append(
            Bar(label, name, value, width=round(step * (1 - GAP), 1), height=height, is_ahead=is_ahead, **position)
        )
    return Bars(drawn)


@dataclass(frozen=True)
class Share:
    """A part of a whole as one bar."""

    part: int
    whole: int
    width: int = WIDTH
    height: int = 28

    @property
    def rest(self):
        return self.whole - self.part

    @property
    def filled(self):
        return round(WIDTH * self.part / self.whole, 1) if self.whole else 0
