"""The word stock of the sample: names nobody bears as far as we can tell, services with their classes, streets, people."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("pl", "sl", "es")

#: NACE 2.1 classes by service area; the first is the main one.
NACE = {
    "childcare": ("88.91", "85.10"),
    "elderly_care": ("88.10", "87.30"),
    "disability_support": ("88.10", "87.20"),
    "assistance": ("88.10", "88.99"),
    "health": ("86.95", "86.99"),
    "education": ("85.59", "85.52"),
    "training": ("85.59", "70.20"),
    "culture": ("90.39", "90.20"),
    "catering": ("56.22", "56.21"),
    "local_food": ("10.39", "47.27"),
    "cleaning": ("81.21", "81.22"),
    "laundry": ("96.10", "81.23"),
    "greenery": ("81.30", "01.30"),
    "construction": ("43.34", "43.35"),
    "textile": ("13.92", "14.23"),
    "reuse_repair": ("95.29", "95.24"),
    "recycling": ("38.21", "38.11"),
    "tourism": ("55.20", "79.12"),
    "transport": ("49.33", "49.39"),
    "energy": ("35.12", "71.12"),
    "housing": ("87.99", "68.20"),
    "it": ("62.20", "62.10"),
    "print_marketing": ("18.12", "73.11"),
    "finance": ("69.20", "82.10"),
}
#: What else legal forms do, when their form says more than their services.
NACE_OF_FORMS = {
    "PL-OSP": "84.25", "PL-KS": "93.12", "PL-SZK": "85.20", "PL-UCZ": "85.40", "PL-INST": "72.20", "PL-GMINA": "84.11",
    "PL-POWIAT": "84.11", "PL-INSTK": "90.31", "PL-SPZOZ": "86.22", "PL-IZBA": "94.11", "PL-OPRAC": "94.11",
    "PL-KOSC": "94.91", "PL-RSP": "01.50", "SI-UNI": "85.40", "SI-RZ": "72.20", "SI-OBC": "84.11", "SI-ZBOR": "94.11",
    "ES-UNI": "85.40", "ES-AYT": "84.11", "ES-SAT": "01.63",
}  # fmt: skip

#: Adjectives as (masculine, feminine, neuter), nouns as (word, gender).
_ADJECTIVES = {
    "pl": (
        "Bursztynowy Bursztynowa Bursztynowe|Wrzosowy Wrzosowa Wrzosowe|Srebrny Srebrna Srebrne|Lniany Lniana Lniane|"
        "Zielony Zielona Zielone|Cichy Cicha Ciche|Słoneczny Słoneczna Słoneczne|Dębowy Dębowa Dębowe|Miodowy Miodowa Miodowe|"
        "Błękitny Błękitna Błękitne|Gościnny Gościnna Gościnne|Jesienny Jesienna Jesienne|Kasztanowy Kasztanowa Kasztanowe|"
        "Makowy Makowa Makowe|Sosnowy Sosnowa Sosnowe|Rumiankowy Rumiankowa Rumiankowe|Życzliwy Życzliwa Życzliwe|"
        "Owsiany Owsiana Owsiane|Kwitnący Kwitnąca Kwitnące|Jarzębinowy Jarzębinowa Jarzębinowe|Malinowy Malinowa Malinowe|"
        "Wiśniowy Wiśniowa Wiśniowe|Gryczany Gryczana Gryczane|Piaskowy Piaskowa Piaskowe|Majowy Majowa Majowe|"
        "Rodzimy Rodzima Rodzime|Pogodny Pogodna Pogodne|Modrzewiowy Modrzewiowa Modrzewiowe|Żytni Żytnia Żytnie|"
        "Chabrowy Chabrowa Chabrowe|Lipowy Lipowa Lipowe|Wiklinowy Wiklinowa Wiklinowe"
    ),
    "sl": (
        "Zeleni Zelena Zeleno|Zlati Zlata Zlato|Srebrni Srebrna Srebrno|Tihi Tiha Tiho|Sončni Sončna Sončno|Lipov Lipova Lipovo|"
        "Medeni Medena Medeno|Modri Modra Modro|Jesenski Jesenska Jesensko|Kostanjev Kostanjeva Kostanjevo|Makov Makova Makovo|"
        "Borov Borova Borovo|Prijazni Prijazna Prijazno|Ovseni Ovsena Ovseno|Cvetoči Cvetoča Cvetoče|Jerebikov Jerebikova Jerebikovo|"
        "Malinov Malinova Malinovo|Češnjev Češnjeva Češnjevo|Ajdov Ajdova Ajdovo|Majski Majska Majsko|Topli Topla Toplo|"
        "Vedri Vedra Vedro|Macesnov Macesnova Macesnovo|Rženi Ržena Rženo"
    ),
    "es": (
        "Claro Clara Claro|Sereno Serena Sereno|Dorado Dorada Dorado|Plateado Plateada Plateado|Manso Mansa Manso|"
        "Florido Florida Florido|Soleado Soleada Soleado|Quieto Quieta Quieto|Sembrado Sembrada Sembrado|Sencillo Sencilla Sencillo|"
        "Labrado Labrada Labrado|Ameno Amena Ameno|Rojizo Rojiza Rojizo|Azulado Azulada Azulado|Encendido Encendida Encendido|"
        "Compartido Compartida Compartido|Cercano Cercana Cercano|Tejido Tejida Tejido|Risueño Risueña Risueño|Fecundo Fecunda Fecundo"
    ),
}
_NOUNS = {
    "pl": (
        "m Młyn Kłos Ganek Sad Piec Most Warsztat Brzeg Stół Krąg Dzban Zagon Tymian Kubek Szlak Ogród Strych Kosz|"
        "f Latarnia Chata Przystań Kotwica Polana Izba Spiżarnia Igła Łąka Osnowa Studnia Kuźnia Zagroda Weranda Miedza Tkalnia Fala|"
        "n Pole Gniazdo Wiosło Krosno Ziarno Okno Siodło Wzgórze Poddasze Runo Drzewo Molo Naczynie Wrzeciono Podwórze"
    ),
    "sl": (
        "m Hrib Mlin Klas Most Vrt Kozolec Breg Panj Krog Sadovnjak Vodnjak Vrč Koš Plug Tolmun|"
        "f Breza Hiša Jablana Njiva Peč Nit Livada Lučka Kašča Delavnica Pot Trta Lipa Statva Preja|"
        "n Gnezdo Zrno Polje Ognjišče Okno Vreteno Drevo Veslo Jutro Dvorišče Seme Platno"
    ),
    "es": (
        "m Roble Molino Camino Puente Telar Huerto Trigo Cántaro Olivo Sendero Taller Nogal Surco Hilo Granero Almendro|"
        "f Fuente Encina Huella Espiga Ribera Semilla Trama Lumbre Colmena Ladera Aldea Retama Brasa Madeja Cosecha Acequia"
    ),
}
STREETS = {
    "pl": "Polna Szkolna Leśna Lipowa Ogrodowa Krótka Kościelna Słoneczna Brzozowa Kwiatowa Długa Młyńska Rybacka Spacerowa "
          "Parkowa Zielona Dworcowa Kolejowa Cicha Wspólna Łąkowa Jesionowa Wiejska Rzemieślnicza",
    "sl": "Glavna_cesta Cvetlična_ulica Vrtna_ulica Gasilska_ulica Šolska_ulica Mlinska_ulica Kratka_ulica Obrtniška_ulica "
          "Poljska_cesta Sončna_ulica Lipova_ulica Vinogradniška_pot Gozdna_pot Kolodvorska_ulica",
    "es": "Calle_Mayor Calle_Nueva Calle_de_la_Fuente Calle_del_Molino Plaza_de_la_Villa Calle_San_Juan Calle_del_Río "
          "Calle_de_las_Eras Avenida_de_la_Paz Calle_de_los_Fueros Calle_del_Horno Paseo_del_Soto",
}  # fmt: skip
PEOPLE = {
    "pl": ("Anna Beata Celina Dorota Ewa Grażyna Halina Irena Joanna Krystyna Marek Piotr Tomasz Andrzej Adam Łukasz Witold Zofia",
           "Wrzosowska Miodowicz Gryczan Zagonek Jarzębski Kłosińska Polanek Wiklina Sadzik Młynarek Przystanik Tymianek"),
    "sl": ("Ana Barbara Cvetka Darja Eva Irena Jana Katja Marko Peter Tomaž Andrej Luka Zvonka",
           "Brezovnik Mlinarič Klasinc Vrtačnik Hribovšek Panjan Kozolčič Ajdnik Livadnik Statvič"),
    "es": ("Ana Begoña Carmen Elena Irene Javier Marta Pablo Sergio Nerea Iñaki Lucía",
           "Robledano Molinero Fontanar Espigares Ribereño Telaréz Semillán Huertas Lumbreras Colmenero"),
}  # fmt: skip
ABOUT = {
    "pl": (
        "Zmyślona organizacja przykładowa. Na co dzień: {services}. Pracujemy w gminie {place} i u sąsiadów.",
        "Przykład zmyślony na potrzeby pokazu. Zajmujemy się tym: {services}. Działamy od {year} roku.",
        "Organizacja zmyślona. {Services} – to nasza praca w okolicy: {place}.",
    ),
    "sl": (
        "Izmišljena vzorčna organizacija. Kaj delamo: {services}. Delujemo v občini {place} in okolici.",
        "Izmišljen primer za predstavitev. Naše področje: {services}. Delujemo od leta {year}.",
        "Organizacija je izmišljena. {Services} – to je naše delo v kraju {place}.",
    ),
    "es": (
        "Entidad inventada de muestra. Trabajamos en: {services}. Estamos en {place} y su comarca.",
        "Ejemplo inventado para la demostración. Nuestro campo: {services}. Desde {year}.",
        "Entidad inventada. {Services}: ese es nuestro trabajo en {place}.",
    ),
}
SERVICES_ES = {
    "childcare": "cuidado infantil", "elderly_care": "atención a mayores", "disability_support": "apoyo a la discapacidad",
    "assistance": "asistencia personal", "health": "salud y rehabilitación", "education": "educación",
    "training": "formación y asesoría", "culture": "cultura", "catering": "hostelería y catering",
    "local_food": "alimentos locales", "cleaning": "limpieza", "laundry": "lavandería", "greenery": "zonas verdes",
    "construction": "obras y reformas", "textile": "textil", "reuse_repair": "reutilización y reparación",
    "recycling": "reciclaje", "tourism": "turismo", "transport": "transporte", "energy": "energía", "housing": "vivienda",
    "it": "informática", "print_marketing": "imprenta y comunicación", "finance": "finanzas y contabilidad",
}  # fmt: skip


def names(language: str) -> list[str]:
    """Every pair of an adjective and a noun of the stock, in a fixed order."""
    genders = {"m": 0, "f": 1, "n": 2}
    adjectives = [forms.split() for forms in _ADJECTIVES[language].split("|")]
    pairs = []
    for group in _NOUNS[language].split("|"):
        gender, *nouns = group.split()
        for noun in nouns:
            for forms in adjectives:
                pair = (noun, forms[genders[gender]])
                pairs.append(" ".join(pair if language == "es" else (pair[1], pair[0].lower() if language == "sl" else pair[0])))
    return pairs


@dataclass(frozen=True)
class Stock:
    """One offer, need or resource organisations list; prices in złoty."""

    kind: str
    code: str
    unit: str
    low: int | None
    high: int | None
    capacity: int | None
    cpv: str
    names: dict[str, str]


@cache
def listings() -> tuple[Stock, ...]:
    """The rows of `tables/listings.csv`."""
    with (Path(__file__).parent / "tables" / "listings.csv").open(encoding="utf-8") as file:
        return tuple(_stock(row) for row in csv.DictReader(file))


def _stock(row: dict[str, str]) -> Stock:
    low, high, capacity = (int(row[column]) if row[column] else None for column in ("low", "high", "capacity"))
    names_of_it = {language: row[language] for language in LANGUAGES}
    return Stock(row["kind"], row["code"], row["unit"], low, high, capacity, row["cpv"], names_of_it)
