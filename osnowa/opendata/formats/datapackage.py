"""The dumps of a region as a data package (Frictionless v2): what each file holds, column by column, in three languages."""

from collections.abc import Mapping
from typing import Any

from osnowa.opendata.formats.licence import licence
from osnowa.opendata.formats.tables import BETWEEN, TABLES, Column, columns

Facts = dict[str, Any]
PROFILE = "https://datapackage.org/profiles/2.0/"
_MEDIA = {
    "csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json", "parquet": "application/vnd.apache.parquet", "jsonld": "application/ld+json",
}  # fmt: skip
_KEYS = {"organisations": ["uid"], "figures": ["uid", "as_of_on"], "offers": ["number"], "codes": ["list", "code"]}
_TITLES = {
    "organisations": "Organisations", "figures": "Public yearly figures", "offers": "Offers, needs and resources to share",
    "codes": "Code lists",
}  # fmt: skip
_SAYS_INVENTED = "The organisations of this region are invented for a sample: they do not exist."


def package(region: Facts, made: Mapping[tuple[str, str], Facts]) -> Facts:
    """The description of a region's dumps. `region` tells its slug, name, address, version, when it changed, whether
    invented; `made` the bytes and hash of the files that are made already."""
    terms = licence()
    described = [_SAYS_INVENTED] if region["is_invented"] else []
    return {
        "$schema": f"{PROFILE}datapackage.json",
        "name": f"osnowa-{region['slug']}",
        "id": f"{region['address']}/data/{region['slug']}/datapackage.json",
        "title": f"Register of the social economy: {region['name']}",
        "description": " ".join([f"Public facts of the register of {region['name']}. Small counts of people are not told; "
                                 "hidden places are the middle of their municipality.", *described]),
        "version": region["version"],
        "homepage": f"{region['address']}/{region['language']}/{region['slug']}/data/",
        "created": region["changed_at"],
        "licenses": [{"name": terms.name, "path": terms.address, "title": terms.title}],
        "sources": [{"title": region["coordinator"] or region["name"], "path": f"{region['address']}/{region['language']}/{region['slug']}/"}],
        "contributors": [{"title": region["coordinator"] or region["name"], "roles": ["publisher"]}],
        "keywords": ["social economy", "register", region["name"]],
        "resources": [_resource(table, form, made.get((table, form), {})) for table in TABLES for form in TABLES[table].forms],
        "isInvented": region["is_invented"],
        "region": {"slug": region["slug"], "name": region["name"], "nuts": region["nuts"], "country": region["country"]},
    }  # fmt: skip


def _resource(table: str, form: str, made: Facts) -> Facts:
    """One file; the CSV bears the name of the table, the others are the same facts in another form."""
    told: Facts = {
        "name": table if form == "csv" else f"{table}-{form}",
        "title": _TITLES[table],
        "path": f"{table}.{form}",
        "format": form,
        "mediatype": _MEDIA[form],
    }
    if form == "csv":
        told |= {"$schema": f"{PROFILE}dataresource.json", "type": "table", "encoding": "utf-8", "schema": schema(table)}
    if made:
        told |= {"bytes": made["bytes"], "hash": f"sha256:{made['sha256']}"}
    return told


def schema(table: str) -> Facts:
    """The Table Schema of a table."""
    told: Facts = {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": [field(column) for column in columns(table)],
        "primaryKey": _KEYS[table],
        "missingValues": [""],
    }
    if table in ("figures", "offers"):
        told["foreignKeys"] = [{"fields": ["uid"], "reference": {"resource": "organisations", "fields": ["uid"]}}]
    return told


def field(column: Column) -> Facts:
    """One column; `descriptions` says the same in every language."""
    told: Facts = {"name": column.name, "type": column.kind, "description": column.labels["en"], "descriptions": dict(column.labels)}
    if column.kind == "list":
        told |= {"delimiter": BETWEEN, "itemType": "string"}
    if column.name == "uid":
        told["format"] = "uuid"
    if column.name in ("uid", "legal_name", "code", "list", "as_of_on"):
        told["constraints"] = {"required": True}
    return told
