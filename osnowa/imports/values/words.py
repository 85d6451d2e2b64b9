"""Words that stand for a code: active, w likwidacji, enota, public; and the sectors by their names."""

from functools import cache, lru_cache

from django.utils.translation import gettext_noop as _

from osnowa.imports.values.cells import EMPTY, Read, is_nothing
from osnowa.kit.codes import CodeList
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold
from osnowa.register import codes


def _of(table: CodeList | None, more: dict[str, str]) -> dict[str, str]:
    """{word, folded: code} of a code list's labels in all languages and of words for its codes."""
    found = {fold(label): row.code for row in table or () for label in (row.code, *row.labels.values())}
    return found | {fold(word): code for code, words in more.items() for word in words.split(";")}


STATUSES = _of(codes.ACTIVITY_STATUS, {
    "active": "live;active;działająca;działający;aktywny;aktywna;aktywne;czynny;czynna;tak;yes;1;true;delujoč;delujoče;aktiven;vpisan;attiva;attivo;iscritta;iscritto;in attività;activa;"
              "activo;vigente;alta;de alta;actiu;actif;active;a;en activité;aktiv;bestehend;actief;aktivan;registriran;működő;bejegyzett;toiminnassa;aktiivinen;registered;open;current;normal;wpisany;zarejestrowany",
    "suspended": "suspended;zawieszona;zawieszony;zawieszone;zawieszona działalność;sospesa;suspendida;suspendu;ruhend;obustavljen;dormant",
    "in_liquidation": "in liquidation;likwidacja;w likwidacji;w upadłości;v likvidaciji;v stečaju;in liquidazione;en liquidación;en liquidation;u likvidaciji;felszámolás alatt;selvitystilassa;in administration;receivership",
    "closed": "dead;closed;dissolved;inactive;wykreślona;wykreślony;wykreślone;zlikwidowana;zlikwidowany;zamknięta;nieaktywny;nieaktywna;nie działa;nie;no;0;false;zakończona;izbrisan;izbrisano;"
              "zaprto;prenehal;neaktiven;cessata;cessato;cancellata;cancellato;baja;de baja;extinguida;disuelta;cancelada;baixa;fermé;fermée;cessée;radiée;c;gelöscht;aufgelöst;opgeheven;"
              "stopgezet;brisan;prestala;megszűnt;törölt;lakannut;lopetettu;removed;deregistered;struck off;cancelled",
})  # fmt: skip
KINDS = _of(None, {
    "unit": "unit;jednostka;jednostka organizacyjna;enota;poslovna enota;branch;oddział;filia;placówka;zakład;unit of a legal person;jednostka osoby prawnej;enota pravne osebe;podružnica;outlet;établissement",
    "legal_person": "legal person;osoba prawna;pravna oseba;organisation;organizacja;organizacija;legal_person;podmiot",
})  # fmt: skip
VISIBILITIES = _of(codes.VISIBILITY, {"public": "tak;yes", "coordinator": "nie;no"})
_SECTORS = _of(codes.SECTORS, {
    "social_economy": "es;social enterprise;third sector;economia sociale;economía social;economía social y solidaria;ess;economie sociale et solidaire",
    "civil_society": "ngo;ngos;organizacje pozarządowe;nevladne organizacije;civil society organisation;nvo",
    "public": "public;publiczny;javni;pubblico;público;public sector;samorząd", "business": "private;prywatny;zasebni;privato;privado;privé;biznes",
    "academia": "academic;nauka;research;university",
})  # fmt: skip


@lru_cache(maxsize=5_000)
def _fold(text: str) -> str:
    return fold(text)


def word_of(text: str, words: dict[str, str]) -> str:
    """The code a text stands for; "" where it stands for none."""
    return words.get(_fold(text), "") if len(text) < 60 else ""


@cache
def sector_of(text: str) -> str:
    return word_of(text, _SECTORS)


def read_word(text: str, words: dict[str, str]) -> Read:
    """A code by its word; told where nobody knows the word."""
    if is_nothing(text):
        return EMPTY
    code = word_of(text, words)
    return (
        Read(code) if code else Read(None, Sentence(_("“%(found)s” is not understood here: it is left out."), found=text[:60]))
    )


def read_sector(text: str) -> Read:
    return read_word(text, _SECTORS)


def read_status(text: str) -> Read:
    return read_word(text, STATUSES)


def read_kind(text: str) -> Read:
    return read_word(text, KINDS)


def read_visibility(text: str) -> Read:
    return read_word(text, VISIBILITIES)
