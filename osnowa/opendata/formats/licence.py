"""Under which licence public facts are given away, and the address of its text."""

from dataclasses import dataclass

from django.conf import settings

#: {name in the setting: (title, address of the text, address in the EU list of licences)}
_KNOWN = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/", "CC_BY_4_0"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "CC_BYSA_4_0"),
    "CC0-1.0": ("Creative Commons Zero 1.0 (public domain)", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
    "ODbL-1.0": ("Open Data Commons Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "ODC_ODBL1_0"),
}
_LIST = "http://publications.europa.eu/resource/authority/licence/"


@dataclass(frozen=True)
class Licence:
    """A licence: its short name, its title, where its text stands, its entry in the EU list ("" where it has none)."""

    name: str
    title: str
    address: str
    listed: str = ""


def licence() -> Licence:
    """The licence of this installation; a name we do not know is shown as it stands and leads to the SPDX list."""
    name: str = settings.DATA_LICENCE
    if name in _KNOWN:
        title, address, code = _KNOWN[name]
        return Licence(name, title, address, _LIST + code)
    return Licence(name, name, f"https://spdx.org/licenses/{name}.html")
