"""An answer that was given to a profile which went on meanwhile: put together with what is stored, or asked about."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from api.web.conflict_page import Saved, Standing, harmless, met
from api.web.conflicts import Merged
from api.web.forms import Typed, filled
from api.web.mapping import forms
from api.web.profile_conflicts import added_already, saved_meanwhile, twin_of
from api.web.profile_page import concept_names
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.competence.parts import Row
from kompetanse.competence.service import PartFields, PersonProfile, ProfilePart
from kompetanse.mapping import rules
from kompetanse.mapping.rules import Question


@dataclass(frozen=True, slots=True)
class Late:
    """What was said and what is stored by now; `asked`: somebody must choose before it is written."""

    merged: Merged
    now: Standing
    asked: bool

    @property
    def form(self) -> Typed:
        """The two as one form, made from what is stored by now; where nothing is asked."""
        return Typed({**self.merged.texts, "version": [str(self.now.version)]})


def put_together(
    session: Session, who: Actor, found: PersonProfile, question: Question, form: Typed, row: Row | None = None
) -> Late:
    """An answer of one value, or tapped, or an entry (`row`) stated anew, with what was saved since it was asked."""
    profile = found.profile
    if row is None:
        stands, said = forms.standing_form(question, profile), _dated(form)
    else:
        stands, said = forms.changing_form(question, row, concept_names(session, profile)), form
    saved = saved_meanwhile(session, who, profile, form, row.id if row else None)
    now = Standing(stands.typed, profile.version, saved)
    merged = met(said, now)
    return Late(merged, now, asked=not harmless(said, merged))


def added(
    session: Session,
    who: Actor,
    found: PersonProfile,
    question: Question,
    form: Typed,
    entry: tuple[ProfilePart, PartFields],
) -> Late:
    """A new entry, for the profile as it is now.

    What a button that was pressed twice has added is not added again. A language or licence that somebody stated
    meanwhile would be stated anew by it: that is asked about.
    """
    profile, (part, fields) = found.profile, entry
    twin = twin_of(profile, part, fields)
    if added_already(session, who, profile, part, fields, form.version()):
        form = Typed({name: form.texts[name] for name in ("move", "back") if name in form.texts})
    elif twin is not None:
        both = put_together(session, who, found, question, form, twin)
        if both.now.saved.at is not None:
            return replace(both, asked=bool(both.merged.clashes))
    return Late(Merged(form.texts, (), ()), Standing(form, profile.version, Saved(None, None)), asked=False)


def is_asked_about(question: Question) -> bool:
    """Whether the answer stands in the form as it is stored, so that two can be compared. Others add an entry."""
    return question in rules.TERMS or question in rules.TAPPED


def _dated(form: Typed) -> Typed:
    """The form with the day that its box means."""
    if not form.ticked(forms.NOW):
        return form
    texts = {name: values for name, values in form.texts.items() if name != forms.NOW}
    return Typed({**texts, **filled(available_from=clock.today()).texts})
