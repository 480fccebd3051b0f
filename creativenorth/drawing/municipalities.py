"""The municipalities of Norrbotten and Västerbotten: SCB's code, name and roughly the centre (±5 km, for a dot map)."""

from typing import NamedTuple

from creativenorth.text.swedish import fold, sort_key


class Municipality(NamedTuple):
    code: str
    name: str
    lat: float
    lon: float

    @property
    def county(self):
        return "Norrbotten" if self.code.startswith("25") else "Västerbotten"

    @property
    def coordinates(self):
        """ "65.32° N 21.48° E", in both languages."""
        return f"{self.lat:.2f}° N {self.lon:.2f}° E"


MUNICIPALITIES = (
    Municipality("2401", "Nordmaling", 63.57, 19.50),
    Municipality("2403", "Bjurholm", 63.93, 19.21),
    Municipality("2404", "Vindeln", 64.20, 19.72),
    Municipality("2409", "Robertsfors", 64.19, 20.84),
    Municipality("2417", "Norsjö", 64.91, 19.48),
    Municipality("2418", "Malå", 65.18, 18.74),
    Municipality("2421", "Storuman", 65.10, 17.11),
    Municipality("2422", "Sorsele", 65.53, 17.53),
    Municipality("2425", "Dorotea", 64.26, 16.41),
    Municipality("2460", "Vännäs", 63.91, 19.75),
    Municipality("2462", "Vilhelmina", 64.62, 16.65),
    Municipality("2463", "Åsele", 64.16, 17.35),
    Municipality("2480", "Umeå", 63.83, 20.26),
    Municipality("2481", "Lycksele", 64.60, 18.67),
    Municipality("2482", "Skellefteå", 64.75, 20.95),
    Municipality("2505", "Arvidsjaur", 65.59, 19.17),
    Municipality("2506", "Arjeplog", 66.05, 17.89),
    Municipality("2510", "Jokkmokk", 66.61, 19.83),
    Municipality("2513", "Överkalix", 66.33, 22.84),
    Municipality("2514", "Kalix", 65.86, 23.14),
    Municipality("2518", "Övertorneå", 66.39, 23.65),
    Municipality("2521", "Pajala", 67.21, 23.37),
    Municipality("2523", "Gällivare", 67.13, 20.65),
    Municipality("2560", "Älvsbyn", 65.68, 21.00),
    Municipality("2580", "Luleå", 65.58, 22.15),
    Municipality("2581", "Piteå", 65.32, 21.48),
    Municipality("2582", "Boden", 65.83, 21.69),
    Municipality("2583", "Haparanda", 65.84, 24.13),
    Municipality("2584", "Kiruna", 67.86, 20.23),
)
BY_CODE = {municipality.code: municipality for municipality in MUNICIPALITIES}


def codes_named(word):
    """Codes of the municipalities whose folded name contains the folded `word`."""
    return [code for code, municipality in BY_CODE.items() if word in fold(municipality.name)]


CHOICES = [
    (municipality.code, municipality.name)
    for municipality in sorted(MUNICIPALITIES, key=lambda municipality: sort_key(municipality.name))
]
