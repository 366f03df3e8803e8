"""The smaller mappings of an events file: place, join link, picture and the like, as models."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from calfeed.source import shapes
from calfeed.source.links import parse_email, parse_url
from calfeed.source.reading import LineText, ProseText, read_by
from calfeed.source.texts import parse_line
from calfeed.source.values import parse_country, parse_latitude, parse_longitude, parse_switch
from calfeed.source.when import parse_agenda_time, parse_moment

Line = Annotated[str, read_by(parse_line, shapes.PlainText)]
Url = Annotated[str, read_by(parse_url, shapes.Address)]
Switch = Annotated[bool, read_by(parse_switch, shapes.Switch)]
Latitude = Annotated[float, read_by(parse_latitude, shapes.Latitude)]
Longitude = Annotated[float, read_by(parse_longitude, shapes.Longitude)]


class Entry(BaseModel):
    """A mapping of the file; keys that begin with ``x-`` are the editor's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_own_keys(cls, data: object) -> object:
        if not isinstance(data, dict) or not any(key.startswith("x-") for key in data):
            return data
        return {key: value for key, value in data.items() if not key.startswith("x-")}


class WhenEntry(Entry):
    """The long form of a date, which ``when.py`` reads."""

    starts: shapes.Moment = Field(description="a day, or a day and a time")
    ends: shapes.End | None = Field(default=None, description="the last day, or when it ends")


class RepeatsEntry(Entry):
    """How a series goes on, which ``repeats.py`` reads."""

    every: str | None = Field(default=None, description="day, week, month, year, or 2 weeks")
    by: str | tuple[str, ...] | None = Field(
        default=None, description="weekdays, or which of them: first Tuesday"
    )
    until: shapes.Day | None = Field(default=None, description="the last day that may have a date")
    times: shapes.Times | None = Field(default=None, description="how many dates there are")
    left_out: shapes.Day | tuple[shapes.Day, ...] | None = Field(
        default=None, alias="except", description="dates of the series that do not take place"
    )
    rrule: str | None = Field(default=None, description="the rule as RFC 5545 writes it")


class PlaceEntry(Entry):
    """Where an event takes place."""

    name: LineText = Field(description="what the place is called")
    address: ProseText | None = Field(default=None, description="street, number, code and town")
    country: Annotated[str, read_by(parse_country, shapes.Country)] | None = Field(
        default=None, description="two capitals (ISO 3166), for example BE"
    )
    geo: tuple[Latitude, Longitude] | None = Field(
        default=None, description="[latitude, longitude]"
    )


class OnlineEntry(Entry):
    """Where an event is joined."""

    url: Url = Field(description="the address to join at")
    label: LineText | None = Field(default=None, description="what the link is called")
    private: Switch = Field(default=False, description="true: the address is published nowhere")


class LogoEntry(Entry):
    """The logo of an initiative."""

    file: Line = Field(description="JPEG, PNG, WebP or AVIF up to 2 MB, relative to this file")
    alt: LineText = Field(description="what it shows, for those who cannot see it")


class PictureEntry(LogoEntry):
    """A picture of an event."""

    credit: Line | None = Field(default=None, description="whose picture it is")


class OrganiserEntry(Entry):
    """Who holds an event."""

    name: LineText = Field(description="the organiser's name")
    url: Url | None = Field(default=None, description="the organiser's site")
    email: Annotated[str, read_by(parse_email, shapes.Email)] | None = Field(
        default=None, description="for questions"
    )


class RegistrationEntry(Entry):
    """Where one registers."""

    url: Url = Field(description="the address to register at")
    closes: Annotated[date | datetime, read_by(parse_moment, shapes.Moment)] | None = Field(
        default=None, description="the last day, or the day and hour, to register"
    )


class AgendaEntry(Entry):
    """One line of an agenda."""

    at: Annotated[str, read_by(parse_agenda_time, shapes.AgendaTime)] = Field(
        description="the hour, for example 9:30"
    )
    title: LineText = Field(description="what happens then")


class LinkEntry(Entry):
    """A recording, a report, anything worth following."""

    url: Url = Field(description="the address")
    label: LineText | None = Field(default=None, description="what the link is called")


class PrefixesEntry(Entry):
    """Which prefixes stand before titles."""

    new_date: Switch = Field(default=True, description="NEW DATE before the title of a moved event")
    online: Switch = Field(default=True, description="ONLINE before the title of one moved online")


class SiteLinksEntry(Entry):
    """Statements that a public site has to link to."""

    accessibility: Url | None = Field(default=None, description="the accessibility statement")
    privacy: Url | None = Field(default=None, description="the privacy statement")
