"""Made-up organisations for measuring linkage: several languages, skewed names, and everything that happens to a list.

Nothing here is read by the product, and nothing in the product was fitted to it. What is made:

- bodies named in eight languages: kind, theme and a proper word, with legal form; frequencies fall like 1/rank, so that
  some words and towns are everywhere and most are rare;
- relatives: branches of one name in several towns, numbered bodies, parent and daughter, federation and member, several
  bodies in one house;
- copies of some bodies, each written anew: capitals, lost accents, another spelling of the legal form or none, slips of the
  pen, abbreviations, words in another order, a word lost, moved, renamed, fields missing.

    rows = organisations(8_000, seed=1)     list of dicts, `body` is the truth
"""

import random
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

COLUMNS = ("name", "street", "postcode", "locality", "phone", "founded")


@dataclass(frozen=True)
class Language:
    kinds: tuple[str, ...]  # "word" or "word/abbreviation"
    themes: tuple[str, ...]
    forms: tuple[str, ...]  # "one spelling/another"; "" = none
    branch: str
    streets: tuple[str, ...]
    syllables: tuple[str, ...]
    of: str
    postcode: str


LANGUAGES = {
    "pl": Language(
        ("Stowarzyszenie/Stow.", "Fundacja", "Spółdzielnia Socjalna/Spółdz. Soc.", "Klub Sportowy/KS", "Ochotnicza Straż Pożarna/OSP", "Koło Gospodyń Wiejskich/KGW", "Towarzystwo/Tow.", "Przedsiębiorstwo/P.", "Zakład/Zakł.", ""),
        ("Rozwoju", "Przyjaciół", "Pomocy", "Kultury", "Seniorów", "Młodzieży", "Zielona", "Dobra", "Nasza", "Kuchnia", "Pralnia", "Usługi", "Opiekuńcze", "Integracja", "Edukacja", "Sport", "Zdrowie", "Ziemi", "Dom", "Budowa", "Ogród", "Wsparcie", "Razem", "Nowa", "Praca"),
        ("sp. z o.o./spółka z ograniczoną odpowiedzialnością", "", "", "s.c./spółka cywilna", "S.A./Spółka Akcyjna"),
        "Oddział w", ("ul. Polna", "ul. Lipowa", "ul. Długa", "al. Niepodległości", "pl. Wolności", "ul. Mickiewicza", "ul. 3 Maja", "ul. Leśna"),
        ("wo", "ra", "ście", "bo", "gdań", "ja", "no", "łę", "sła", "ko", "mi", "rze", "szo", "tar", "wie", "zy"), "w", "##-###"),
    "sl": Language(
        ("Društvo", "Zavod", "Ustanova", "Zadruga", "Prostovoljno gasilsko društvo/PGD", "Športno društvo/ŠD", "Kulturno društvo/KD", "Zveza", ""),
        ("za razvoj", "upokojencev", "kmečkih žena", "mladih", "invalidov", "podeželja", "zdravje", "turistično", "zeleni", "skupaj", "novi", "dom", "pomoč", "okolje", "lovsko", "čebelarsko"),
        ("d.o.o./družba z omejeno odgovornostjo", "so. p./socialno podjetje", "", "", "d.d."),
        "podružnica", ("Glavna ulica", "Cankarjeva ulica", "Prešernova cesta", "Trg svobode", "Vaška pot", "Šolska ulica"),
        ("ce", "ljub", "mar", "no", "vo", "gra", "ško", "bri", "žal", "je", "ka", "tol", "min", "po", "lje", "ptu"), "v", "####"),
    "it": Language(
        ("Cooperativa Sociale/Coop. Soc.", "Associazione/Ass.", "Fondazione", "Società Cooperativa/Soc. Coop.", "Consorzio", "Circolo", "Associazione Sportiva Dilettantistica/A.S.D.", "Pro Loco", ""),
        ("Solidarietà", "Amici", "Volontari", "Il Sole", "La Terra", "Servizi", "Lavoro", "Insieme", "Nuova", "Famiglia", "Anziani", "Cultura", "Arcobaleno", "Progetto", "Vita", "Casa", "Agricola", "Giovani"),
        ("ONLUS/Organizzazione non lucrativa di utilità sociale", "S.r.l./Società a responsabilità limitata", "", "ETS", "a r.l.", "S.p.A./Società per azioni"),
        "Sezione di", ("Via Roma", "Via Garibaldi", "Piazza Dante", "Via Verdi", "Corso Italia", "Via Mazzini", "Viale Trento"),
        ("ca", "ro", "ve", "ret", "bo", "lo", "gna", "mi", "la", "tren", "ri", "va", "mon", "te", "san", "del"), "di", "#####"),
    "es": Language(
        ("Asociación/Asoc.", "Fundación", "Cooperativa/Coop.", "Club Deportivo/C.D.", "Empresa de Inserción/E.I.", "AMPA", "Comunidad", "Federación/Fed.", ""),
        ("Vecinos", "Amigos", "San José", "Desarrollo", "Integración", "Empleo", "Mujeres", "Cultural", "Nueva", "Olivarera", "Personas", "Solidaria", "Rural", "Familias", "Verde", "Trabajo"),
        ("S.L./Sociedad Limitada", "S. Coop. And./Sociedad Cooperativa Andaluza", "", "", "S.L.L.", "S.A./Sociedad Anónima"),
        "Delegación de", ("Calle Mayor", "Calle Real", "Plaza España", "Avenida Constitución", "Calle Sol", "Calle Nueva"),
        ("gra", "na", "da", "se", "vi", "lla", "cor", "do", "ba", "mur", "cia", "le", "ón", "za", "mo", "ra"), "de", "#####"),
    "fr": Language(
        ("Association/Assoc.", "Régie de Quartier", "Entreprise d'Insertion/E.I.", "Les Jardins", "Comité", "L'Atelier", "Ressourcerie", "Club", "Union", ""),
        ("des Amis", "Solidarité", "du Pays", "Services", "Emploi", "Jeunes", "Familles", "Sportive", "Culturelle", "Insertion", "Nature", "de la Vallée", "Avenir", "Partage", "Ensemble", "Chantier"),
        ("SARL/Société à responsabilité limitée", "SCIC", "", "", "SCOP", "SAS"),
        "Section de", ("rue de la Gare", "place de l'Église", "avenue Jean Jaurès", "rue Victor Hugo", "rue des Écoles", "chemin Vert"),
        ("bor", "deaux", "li", "mo", "ges", "poi", "tiers", "la", "ro", "che", "ni", "ort", "pau", "a", "gen", "tu"), "de", "#####"),
    "de": Language(
        ("Verein", "Förderverein", "Stiftung", "Genossenschaft", "Freiwillige Feuerwehr/FF", "Sportverein/SV", "Werkstatt", "Lebenshilfe", "Arbeitskreis/AK", ""),
        ("Jugend", "Kinder", "Kultur", "Arbeit und Leben", "Hilfe", "Wohnen", "Grün", "Soziale Dienste", "Heimat", "Freunde", "Bildung", "Natur", "Neue", "Gesundheit", "Zukunft"),
        ("e.V./eingetragener Verein", "gGmbH/gemeinnützige GmbH", "", "eG/eingetragene Genossenschaft", "GmbH"),
        "Ortsverein", ("Hauptstraße", "Bahnhofstraße", "Schulstraße", "Am Markt", "Gartenweg", "Lindenallee"),
        ("hei", "del", "berg", "neu", "stadt", "bach", "ro", "sen", "heim", "wei", "mar", "len", "burg", "au", "ster", "kir"), "in", "#####"),
    "cs": Language(
        ("Spolek", "Sbor dobrovolných hasičů/SDH", "Nadace", "Družstvo", "Oblastní charita", "Sportovní klub/SK", "Centrum", "Myslivecký spolek/MS", "Svaz", ""),
        ("přátel", "rodičů", "pro děti", "pomoci", "kultury", "zdraví", "nový", "domov", "společně", "seniorů", "mládeže", "přírody", "služby", "most", "cesta"),
        ("z.s./zapsaný spolek", "o.p.s./obecně prospěšná společnost", "z.ú./zapsaný ústav", "s.r.o./společnost s ručením omezeným", ""),
        "pobočka", ("Hlavní", "Nádražní", "Školní", "Husova", "náměstí Míru", "Zahradní"),
        ("pro", "stě", "jov", "brn", "o", "lo", "mouc", "ji", "hla", "va", "kla", "tov", "y", "tá", "bor", "nov"), "v", "### ##"),
    "en": Language(
        ("Association/Assoc.", "Co-operative/Co-op", "Credit Union", "Society/Soc.", "Housing Association/HA", "Community Centre", "Football Club/FC", "Trust", "Village Shop", ""),
        ("Community", "Housing", "Workers", "Green", "Energy", "Care", "Farm", "Arts", "Social", "Health", "New", "United", "Valley", "Riverside", "Learning", "Youth", "Wholefoods"),
        ("Limited/Ltd", "CIC/Community Interest Company", "", "Limited/Ltd", "plc/public limited company"),
        "branch", ("High Street", "Station Road", "Church Lane", "Mill Road", "The Green", "Victoria Road"),
        ("ash", "ton", "bur", "ley", "ham", "wick", "stoke", "nor", "ford", "mar", "sea", "hol", "brook", "den", "ly", "well"), "of", "XX# #XX"),
}


class _Skewed:
    """Draws the k-th of a list with frequency 1/(k+q)."""

    def __init__(self, things: list[str], flat: float = 2.0) -> None:
        self.things = things
        self.weights = list(accumulate(1.0 / (rank + flat) for rank in range(len(things))))

    def draw(self, chance: random.Random) -> str:
        return chance.choices(self.things, cum_weights=self.weights)[0]


class _Country:
    def __init__(self, language: Language, size: int, chance: random.Random) -> None:
        self.language = language
        many = max(60, size // 150)
        towns = list(dict.fromkeys(self._word(chance, 2, 3) for _ in range(many)))
        self.towns = _Skewed(towns, 5.0)
        self.codes = {town: [self._code(chance) for _ in range(max(1, 40 // (rank + 1)))] for rank, town in enumerate(towns)}
        self.proper = _Skewed(list(dict.fromkeys(self._word(chance, 2, 4) for _ in range(max(400, size // 3)))), 20.0)
        self.kinds = _Skewed(list(language.kinds))
        self.themes = _Skewed(list(language.themes), 4.0)
        self.streets = _Skewed([*language.streets, *(f"{language.streets[0].split()[0]} {self._word(chance, 2, 3)}" for _ in range(200))], 3.0)

    def _word(self, chance: random.Random, least: int, most: int) -> str:
        return "".join(chance.choices(self.language.syllables, k=chance.randint(least, most))).capitalize()

    def _code(self, chance: random.Random) -> str:
        return "".join(str(chance.randint(0, 9)) if c == "#" else chance.choice("ABEGLMNRST") if c == "X" else c for c in self.language.postcode)

    def address(self, chance: random.Random) -> dict[str, str]:
        town = self.towns.draw(chance)
        street = f"{self.streets.draw(chance)} {chance.randint(1, 120)}"
        return {"street": street, "postcode": chance.choice(self.codes[town]), "locality": town}

    def body(self, chance: random.Random) -> dict[str, str]:
        kind, place = self.kinds.draw(chance), self.address(chance)
        parts = [kind] if kind else []
        parts += dict.fromkeys(self.themes.draw(chance) for _ in range(chance.choice((0, 1, 1, 2))))
        if chance.random() < 0.75 or len(parts) < 2:
            parts += [self.proper.draw(chance) for _ in range(chance.choice((1, 1, 2)))]
        if chance.random() < 0.25:
            parts += [self.language.of, place["locality"]]
        if chance.random() < 0.04:
            parts += ["nr" if self.language is LANGUAGES["pl"] else "", str(chance.randint(1, 30))]
        return {"parts": "|".join(filter(None, parts)), "form": chance.choice(self.language.forms), **place, **_rest(chance)}


def _rest(chance: random.Random) -> dict[str, str]:
    day = f"{chance.randint(1950, 2024)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return {"phone": str(chance.randint(200_000_000, 799_999_999)), "founded": day}


def organisations(count: int, *, seed: int = 1) -> list[dict[str, str]]:
    """`count` rows with the columns of `COLUMNS` and `body`, the number of the body each row stands for; in random order."""
    chance = random.Random(seed)
    countries = [_Country(language, count // len(LANGUAGES), chance) for language in LANGUAGES.values()]
    rows: list[dict[str, str]] = []
    bodies: list[tuple[dict[str, str], _Country]] = []
    while len(rows) < count:
        country = chance.choice(countries)
        draw = chance.random()
        body = country.body(chance)
        if bodies and draw < 0.15:
            other, country = chance.choice(bodies[-2000:])
            body = _relative(other, country, chance)
        number = str(len(bodies))
        bodies.append((body, country))
        copies = chance.choices((1, 2, 3, 4), (80, 14, 4, 2))[0]
        rows += [{"body": number, **_written(body, country, chance, is_copy=copy > 0)} for copy in range(copies)]
    rows = rows[:count]
    chance.shuffle(rows)
    return rows


def _relative(body: dict[str, str], country: _Country, chance: random.Random) -> dict[str, str]:
    """Another body: a branch elsewhere, a neighbour in the same house, the next number, a daughter, a body of the same name."""
    how = chance.choice(("branch", "house", "house", "number", "daughter", "name"))
    elsewhere = country.address(chance)
    if how == "house":
        return country.body(chance) | {key: body[key] for key in ("street", "postcode", "locality")}
    if how == "number":
        return body | _rest(chance) | {"parts": f"{body['parts']}|{chance.randint(2, 9)}"} | (elsewhere if chance.random() < 0.5 else {})
    if how == "daughter":
        more = [theme for theme in country.language.themes if theme not in body["parts"]]
        return body | _rest(chance) | {"parts": f"{body['parts']}|{chance.choice(more)}"}
    if how == "branch":
        return body | _rest(chance) | elsewhere | {"parts": f"{body['parts']}|{country.language.branch}|{elsewhere['locality']}"}
    return body | _rest(chance) | elsewhere


def _written(body: dict[str, str], country: _Country, chance: random.Random, *, is_copy: bool) -> dict[str, str]:
    """The body as somebody typed it; a copy was typed by somebody else, later."""
    parts, form = body["parts"].split("|"), body["form"]
    place = {key: body[key] for key in ("street", "postcode", "locality")}
    rest = {key: body[key] for key in ("phone", "founded")}
    spelling = chance.random() < 0.3
    if is_copy:
        if chance.random() < 0.03:
            parts = country.body(chance)["parts"].split("|")
        if chance.random() < 0.15:
            place = country.address(chance) if chance.random() < 0.4 else place | {"street": country.address(chance)["street"], "postcode": chance.choice(country.codes[place["locality"]])}
        if chance.random() < 0.25:
            rest["phone"] = _rest(chance)["phone"]
        if len(parts) > 3 and chance.random() < 0.05:
            parts = [part for at, part in enumerate(parts) if at != chance.randrange(1, len(parts))]
        if chance.random() < 0.10:
            parts = parts[1:] + parts[:1]
    words = [part.partition("/")[2] if "/" in part and is_copy and chance.random() < 0.35 else part.partition("/")[0] for part in parts]
    one, _, two = form.partition("/")
    form = two if two and spelling else one
    if is_copy and chance.random() < 0.2:
        form = ""
    name = " ".join(filter(None, (*words, form)))
    if is_copy and chance.random() < 0.15:
        name = _slip(name, chance)
    if is_copy and chance.random() < 0.25:
        name = "".join(c for c in unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L")) if not unicodedata.combining(c))
    if chance.random() < 0.2:
        name = name.upper()
    out = {"name": name, **place, **rest}
    for key, missing in (("street", 0.15), ("postcode", 0.15), ("locality", 0.03), ("phone", 0.5), ("founded", 0.35)):
        if chance.random() < missing:
            out[key] = ""
    if is_copy and out["street"] and chance.random() < 0.1:
        out["street"] = _slip(out["street"], chance)
    return out


def _slip(text: str, chance: random.Random) -> str:
    """One letter more, less, other, or two swapped."""
    at = chance.randrange(max(len(text) - 1, 1))
    how = chance.choice(("less", "more", "other", "swap"))
    if how == "less":
        return text[:at] + text[at + 1 :]
    if how == "more":
        return text[:at] + chance.choice("aeiorstn") + text[at:]
    if how == "other":
        return text[:at] + chance.choice("aeiorstn") + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
