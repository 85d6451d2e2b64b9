"""What programs send to be written: the same words as are told in reading; what is not named stays as it is."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from osnowa.opendata.api.words import Code, Codes, Name, Short, Street, Text, Url

_Degrees = Annotated[float, Field(allow_inf_nan=False)]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class WrittenNumber(_Strict):
    scheme: Code
    value: Code


class WrittenClass(_Strict):
    nace: Code
    is_main: bool = False


class WrittenLink(_Strict):
    kind: Code = "website"
    url: Url


class WrittenMunicipality(_Strict):
    scheme: Literal["TERYT", "LAU"]
    code: Code


class WrittenPlace(_Strict):
    street: Street = ""
    postal_code: Annotated[str, Field(max_length=10, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    locality: Short = ""
    municipality: WrittenMunicipality | None = None
    lat: Annotated[_Degrees, Field(ge=-90, le=90)] | None = None
    lon: Annotated[_Degrees, Field(ge=-180, le=180)] | None = None
    is_hidden: bool = False


class Facts(_Strict):
    """The facts of an organisation that can be written."""

    legal_name: Name = ""
    short_name: Short = ""
    other_names: Annotated[list[Name], Field(max_length=20)] = []
    legal_form: Code = ""
    sector: Code = Field("", description="As usual for the legal form where nothing is said.")
    founded_on: date | None = None
    registered_on: date | None = None
    activity_status: Literal["active", "suspended", "not_confirmed", "in_liquidation"] = "not_confirmed"
    place: WrittenPlace = WrittenPlace()
    about: Text = ""
    links: Annotated[list[WrittenLink], Field(max_length=20)] = []
    economic_activity: Codes = []
    target_groups: Codes = []
    identifiers: Annotated[list[WrittenNumber], Field(max_length=20)] = []
    activities: Annotated[list[WrittenClass], Field(max_length=50)] = []
    services: Codes = []
    visibility: Literal["public", "members", "coordinator"] = "public"


class NewOrganisation(Facts):
    """An organisation to be added. Name and legal form are needed."""

    legal_name: Name
    legal_form: Code
    parent: UUID | None = Field(None, description="For a unit: the legal person it belongs to.")


class ChangedOrganisation(Facts):
    """What is to change; a list is replaced whole, of `place` only what is named."""


class Closing(_Strict):
    """When and why an organisation ended."""

    ended_on: date
    end_reason: Code
    successor: UUID | None = None
    note: Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")] = ""
