"""A municipality's own weights over REST: seen, tried, and set."""

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.dependencies import IfMatch, MayTune, SessionDep, set_etag
from api.problems import responses
from kompetanse.actor import Actor
from kompetanse.matching import tuning
from kompetanse.matching.tuning import Effect, RankingEffect
from kompetanse.matching.weights import bounds, standing
from schemas.tuning import (
    EffectOut,
    MovedPerson,
    RankingEffectOut,
    TuningOut,
    WeightOut,
    WeightsIn,
    WeightsOut,
    WeightsTried,
)

router = APIRouter(prefix="/matching/weights", tags=["matching"])


@router.get("", responses=responses())
def read(who: MayTune, session: SessionDep, response: Response) -> WeightsOut:
    """Every weight with its bounds and what it is now, and every tuning. The `ETag` is `"0"` where nobody tuned."""
    return _answer(session, who, response)


@router.put("", responses=responses(409, 412, 422, 428))
def save(body: WeightsIn, who: MayTune, version: IfMatch, session: SessionDep, response: Response) -> WeightsOut:
    """Let other weights stand from now on, in place of all that were set before."""
    tuning.save(session, who, version, body.values, body.note)
    return _answer(session, who, response)


@router.post("/effect", responses=responses(422))
def effect(body: WeightsTried, who: MayTune, session: SessionDep) -> EffectOut:
    """What the rankings of the open vacancies would become with other weights; nothing is saved.

    Whoever may tune but not match is told how much changes, and of nobody whom it moves.
    """
    found = tuning.effect(session, who, body.values)
    return _effect(found)


def _answer(session: Session, who: Actor, response: Response) -> WeightsOut:
    history = tuning.history(session, who)
    version, values = (history[0].version, history[0].weights) if history else (0, {})
    set_etag(response, version)
    weights = standing(values)
    return WeightsOut(
        version=version,
        weights_version=weights.version,
        weights=[
            WeightOut(name=name, default=one.default, least=one.least, most=one.most, value=getattr(weights, name))
            for name, one in bounds().items()
        ],
        history=[TuningOut.model_validate(one) for one in history],
    )


def _effect(found: Effect) -> EffectOut:
    return EffectOut(
        vacancies=found.vacancies,
        compared=found.compared,
        places=found.places,
        changed=found.changed,
        changed_share=found.changed_share,
        mean_difference=found.mean_difference,
        rankings=[_ranking(one) for one in found.rankings],
    )


def _ranking(one: RankingEffect) -> RankingEffectOut:
    return RankingEffectOut(
        vacancy_id=one.vacancy.id,
        title=one.vacancy.title,
        places=one.places,
        stays=one.stays,
        comes_in=[MovedPerson.model_validate(person) for person in one.comes_in],
        falls_out=[MovedPerson.model_validate(person) for person in one.falls_out],
        largest_move=one.largest_move,
    )
