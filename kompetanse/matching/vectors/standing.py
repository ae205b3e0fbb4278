"""How one person answers every distinct question: compiled. Each function is what `rules`, `gates` and `terms` say.

Arrays are bound to names before each loop: reading them from a tuple within it makes Numba count references, which on
several cores costs more than the work.
"""

from typing import NamedTuple

import numpy as np

from kompetanse.matching.vectors.arrays import Codes, Column, Demands, Flags, Floats, Ints, People, Weighing
from kompetanse.matching.vectors.compiling import compiled

FAILS, UNKNOWN, PASSES = 0, 1, 2
"""What a gate says, worst first: what several say together is the least of them."""

_NEAR, _EXACT = 1, 2
_NO_JOB, _NOT_KNOWN = -2, -1
_NEVER = 2
_LATE_DAYS = 30
_OCCUPATION, _EDUCATION, _LANGUAGES = int(Column.OCCUPATION), int(Column.EDUCATION), int(Column.LANGUAGES)
_EXPERIENCE, _PAPERS, _LIMITS = int(Column.EXPERIENCE), int(Column.PAPERS), int(Column.LIMITS)
_PERCENTAGE, _SHIFTS, _START, _COMMUTE = (
    int(Column.PERCENTAGE), int(Column.SHIFTS), int(Column.START), int(Column.COMMUTE)
)  # fmt: skip


class Standing(NamedTuple):
    """One person's answers, and room to find them in. Used again for the next person."""

    answer: Floats  # by question: what it adds to a score
    says: Codes  # by question: what its gate says
    skills: Floats  # [demanded skills] what is known of them counts
    state: Codes  # [demanded skills] whether nothing, a near skill or the skill itself is known
    touched: Ints  # those of which something is known, in the first places
    known: Ints  # [1] how many those are
    by_occupation: Floats  # [occupations]
    unnamed: Floats  # [codes asked] the best job, for occupations that are not named in ESCO
    named: Floats  # the same, for those that are
    months: Ints  # [codes asked] of experience that counts
    wish: Floats  # [codes asked]
    wanted: Codes  # [codes asked]


@compiled
def room(d: Demands) -> Standing:
    """Room for one person's standing."""
    skills, codes, questions = len(d.post_at) - 1, d.close.shape[1], d.first[-1]
    return Standing(
        np.zeros(questions), np.full(questions, PASSES, np.int8), np.zeros(skills), np.zeros(skills, np.int8),
        np.zeros(skills, np.int32), np.zeros(1, np.int32), np.zeros(len(d.occupation_code)), np.zeros(codes),
        np.zeros(codes), np.zeros(codes, np.int32), np.zeros(codes), np.zeros(codes, np.int8),
    )  # fmt: skip


@compiled
def stand(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """Fill a standing with person i's."""
    _skills(i, p, d, w, s)
    _jobs(i, p, d, w, s)
    _wishes(i, p, d, w, s)
    _occupations(i, p, d, w, s)
    _experiences(d, w, s)
    _educations(i, p, d, w, s)
    _languages(i, p, d, w, s)
    _papers(i, p, d, w, s)
    _limits(i, p, d, w, s)
    _agreed(i, p, d, w, s)
    _starts(i, p, d, w, s)
    _commutes(i, p, d, w, s)


@compiled
def _skills(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """What each demanded skill counts, by itself or by one near it."""
    skills, state, touched, count = s.skills, s.state, s.touched, 0
    support_at, support_skill, support_share = d.support_at, d.support_skill, d.support_share
    unknown = w.unknown
    for one in range(s.known[0]):
        state[touched[one]], skills[touched[one]] = 0, 0.0
    for held in range(p.skill_at[i], p.skill_at[i + 1]):
        skill, value = p.skill[held], p.skill_value[held]
        if skill >= len(support_at) - 1:
            continue
        for support in range(support_at[skill], support_at[skill + 1]):
            asked, share = support_skill[support], support_share[support]
            if state[asked] == _EXACT or (share < 1.0 and value <= 0.0):
                continue
            if state[asked] == 0:
                touched[count] = asked
                count += 1
            if share == 1.0:
                state[asked], skills[asked] = _EXACT, max(value, 0.0)
            else:
                state[asked], skills[asked] = _NEAR, max(skills[asked], unknown, share * value)
    s.known[0] = count


@compiled
def _jobs(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """By STYRK-08 code asked for: the nearest job, and the experience that counts."""
    unnamed, named, months, near = s.unnamed, s.named, s.months, d.near
    first, last = p.job_at[i], p.job_at[i + 1]
    unnamed[:] = named[:] = w.unknown if first == last else 0.0
    months[:] = _NO_JOB if first == last else 0
    stated = np.zeros(len(months), np.bool_)
    for job in range(first, last):
        share, held_months = p.job_share[job], p.job_months[job]
        close = d.close[p.job_code[job]]
        close_named = d.close_named[p.job_code[job]] if p.job_concept[job] >= 0 else close
        counts = near[p.job_code[job]]
        for code in range(len(months)):
            unnamed[code] = max(unnamed[code], close[code] * share)
            named[code] = max(named[code], close_named[code] * share)
            if counts[code] and held_months >= 0:
                months[code] = max(months[code], held_months)
                stated[code] = True
    for job in range(first, last):
        if p.job_months[job] < 0:
            counts = near[p.job_code[job]]
            for code in range(len(months)):
                if counts[code] and not stated[code]:
                    months[code] = _NOT_KNOWN


@compiled
def _wishes(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """By STYRK-08 code asked for: whether it is wished, or never wanted."""
    wish, wanted = s.wish, s.wanted
    wish[:] = -1.0
    wanted[:] = PASSES
    for one in range(p.wish_at[i], p.wish_at[i + 1]):
        share, never = d.wish_share[p.wish[one]], d.wish_never[p.wish[one]]
        for code in range(len(wish)):
            if never[code]:
                wanted[code] = FAILS
            if not np.isnan(share[code]):
                wish[code] = max(wish[code], share[code])
    for code in range(len(wish)):
        if wanted[code] == FAILS:
            wish[code] = 0.0
        elif wish[code] < 0.0:
            wish[code] = w.unknown


@compiled
def _occupations(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """Occupations held, near, or reached through skills; wished; liked."""
    share, skills, touched = s.by_occupation, s.skills, s.touched
    _reach(d.needed_at, d.needed_by, d.needed_weight, skills, touched[: s.known[0]], share)
    codes, is_named = d.occupation_code, d.occupation_named
    unnamed, named = s.unnamed, s.named
    least = w.unknown if p.job_at[i] == p.job_at[i + 1] else 0.0
    through = w.through_skills - least
    for k in range(1, len(share)):
        held = named[codes[k]] if is_named[k] else unnamed[codes[k]]
        share[k] = max(held, least + through * share[k])
    same_at, same = d.same_at, d.same
    for job in range(p.job_at[i], p.job_at[i + 1]):
        if 0 <= p.job_concept[job] < len(same_at) - 1:
            for one in range(same_at[p.job_concept[job]], same_at[p.job_concept[job] + 1]):
                share[same[one]] = max(share[same[one]], p.job_share[job])
    answer, says, wish, wanted = s.answer, s.says, s.wish, s.wanted
    weight, wish_weight, interest = w.occupation, w.wish, w.unknown * w.interest
    for k in range(1, len(share)):
        answer[k] = share[k] * weight + wish[codes[k]] * wish_weight + interest
        says[k] = wanted[codes[k]]
        share[k] = 0.0  # from here on: what interests have added
    _likes(
        p.interest[p.interest_at[i] : p.interest_at[i + 1]], d.liked_at, d.liked, w.interest - interest, answer, share
    )


@compiled
def _reach(at: Ints, by: Ints, weight: Floats, skills: Floats, touched: Ints, total: Floats) -> None:
    """The sum over each occupation's essential skills of what is known of them."""
    total[:] = 0.0
    for skill in touched:
        for needed in range(at[skill], at[skill + 1]):
            total[by[needed]] += skills[skill] * weight[needed]


@compiled
def _likes(interests: Ints, at: Ints, liked: Ints, more: float, answer: Floats, added: Floats) -> None:
    """Add once what it counts that an occupation is about something liked."""
    for concept in interests:
        if concept < len(at) - 1:
            for one in range(at[concept], at[concept + 1]):
                if added[liked[one]] == 0.0:
                    answer[liked[one]] += more
                    added[liked[one]] = more


@compiled
def _experiences(d: Demands, w: Weighing, s: Standing) -> None:
    answer, months, codes, least = s.answer, s.months, d.experience_code, d.experience_months
    first = d.first[_EXPERIENCE]
    for e in range(1, len(codes)):
        held = months[codes[e]]
        answer[first + e] = w.experience * (w.unknown if held < 0 else min(held / least[e], 1.0))


@compiled
def _educations(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    answer, levels, fields, field_share = s.answer, d.education_level, d.education_field, d.field_share
    held_level, held_field, held_share = p.education_level, p.education_field, p.education_share
    recognition, matters = p.education_recognition, d.education_recognised
    first = d.first[_EDUCATION]
    for e in range(1, len(levels)):
        best = -1.0
        for one in range(p.education_at[i], p.education_at[i + 1]):
            short = 0 if levels[e] < 0 else levels[e] - held_level[one]
            share = (1.0 if short <= 0 else 0.5 if short == 1 else 0.0) * held_share[one]
            if fields[e] >= 0 and held_field[one] >= 0:
                share *= field_share[fields[e], held_field[one]]
            if matters[e]:
                share *= recognition[one]
            best = max(best, share)
        answer[first + e] = w.education * (best if best >= 0.0 else w.unknown)


@compiled
def _languages(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    first, at = d.first[_LANGUAGES], d.language_at
    for one_set in range(1, len(at) - 1):
        total, said = 0.0, PASSES
        for asked in range(at[one_set], at[one_set + 1]):
            least, level = d.language_least[asked], -1
            for one in range(p.language_at[i], p.language_at[i + 1]):
                if p.language[one] == d.language[asked]:
                    level = p.language_level[one]
            total += w.language * (w.unknown if level < 0 else d.level_share[least, level])
            if d.language_gate[asked]:
                said = min(said, UNKNOWN if level < 0 else PASSES if level >= least else FAILS)
        s.answer[first + one_set], s.says[first + one_set] = total, said


@compiled
def _papers(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """Licences and authorisations on the day on which they are needed; most end on none of the days."""
    answer, says, days, sets, first = s.answer, s.says, d.paper_day, d.paper_set, d.first[_PAPERS]
    at, paper, weight, unknown, today = d.paper_at, d.paper, d.paper_weight, w.unknown, d.today
    until, stated = np.full(d.papers, -1, np.int32), np.zeros(d.papers, np.bool_)
    ends = False
    for one in range(p.licence_at[i], p.licence_at[i + 1]):
        if p.licence[one] < len(until):  # others nobody asks for
            until[p.licence[one]], stated[p.licence[one]] = p.licence_until[one], p.licence_stated[one]
            ends |= 0 <= p.licence_until[one] < d.last_day
    counted, held = np.zeros(len(at) - 1), np.zeros(len(at) - 1, np.int8)
    for one_set in range(len(at) - 1):
        asked, heavy = paper[at[one_set] : at[one_set + 1]], weight[at[one_set] : at[one_set + 1]]
        counted[one_set], held[one_set] = _papers_on(d.last_day, today, asked, heavy, until, stated, unknown)
    for one in range(1, len(days)):
        one_set = sets[one]
        answer[first + one], says[first + one] = counted[one_set], held[one_set]
        if ends:
            asked, heavy = paper[at[one_set] : at[one_set + 1]], weight[at[one_set] : at[one_set + 1]]
            total, said = _papers_on(days[one], today, asked, heavy, until, stated, unknown)
            answer[first + one], says[first + one] = total, said


@compiled
def _papers_on(
    day: int, today: int, papers: Ints, weights: Floats, until: Ints, stated: Flags, unknown: float
) -> tuple[float, int]:
    """What some papers count on a day, and what the gate says."""
    total, said = 0.0, PASSES
    for one in range(len(papers)):
        if until[papers[one]] >= day:
            total += weights[one]
        elif until[papers[one]] < today and stated[papers[one]]:
            said = FAILS
        else:
            total += weights[one] * unknown
            said = min(said, UNKNOWN)
    return total, said


@compiled
def _limits(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """The right to work in a period, a legal minimum age, and a protected address."""
    answer, says, starts, ends, ages = s.answer, s.says, d.starts, d.ends, d.minimum_age
    days, outside, first = d.starts_ymd, d.outside, d.first[_LIMITS]
    may_work, until, protected = p.may_work[i], p.may_work_until[i], p.protected[i]
    first_born, last_born, today = p.born_first[i], p.born_last[i], d.today
    counts = (0.0, w.work_permission * w.unknown, w.work_permission)  # fails, unknown, passes
    for one in range(1, len(starts)):
        if may_work < 0:
            said = UNKNOWN
        elif may_work == 0 or until < min(today, starts[one]):
            said = FAILS
        else:
            said = UNKNOWN if until < max(starts[one], ends[one]) else PASSES
        answer[first + one] = counts[said]
        if ages[one] > 0:
            said = min(said, _age(first_born, last_born, ages[one], days[one]))
        says[first + one] = FAILS if protected and outside[one] else said


@compiled
def _age(first: int, last: int, years: int, day: int) -> int:
    """Whether somebody born between two days is so old on a third."""
    if first < 0:
        return UNKNOWN
    if last + years * 10_000 <= day:
        return PASSES
    return FAILS if first + years * 10_000 > day else UNKNOWN


@compiled
def _agreed(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    """Percentage and hours."""
    answer, says, own = s.answer, s.says, w.terms[0] * p.personal[i, 0]
    first = d.first[_PERCENTAGE]
    share, never = d.percentage_share[p.percentage[i]], d.percentage_never[p.percentage[i]]
    for one in range(1, len(share)):
        answer[first + one], says[first + one] = own * share[one], FAILS if never[one] else PASSES
    first, own = d.first[_SHIFTS], w.terms[1] * p.personal[i, 1]
    share, never = d.shifts_share[p.shifts[i]], d.shifts_never[p.shifts[i]]
    for one in range(1, len(share)):
        answer[first + one], says[first + one] = own * share[one], FAILS if never[one] else PASSES


@compiled
def _starts(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    answer, says, days, free, strength = s.answer, s.says, d.start_day, p.free_from[i], p.start_strength[i]
    first, own, unknown = d.first[_START], w.terms[2] * p.personal[i, 2], w.unknown
    for one in range(1, len(days)):
        late = free - days[one]
        share = 1.0 if late <= 0 else 0.5 if late <= _LATE_DAYS else 0.0
        if share < 1.0 and strength > 0:
            share = 0.0
        answer[first + one] = own * (unknown if free < 0 else share)
        says[first + one] = FAILS if free >= 0 and share < 1.0 and strength == _NEVER else PASSES


@compiled
def _commutes(i: int, p: People, d: Demands, w: Weighing, s: Standing) -> None:
    answer, says, minutes, longest, strength = (
        s.answer,
        s.says,
        d.minutes[p.home[i]],
        p.travels[i],
        p.commute_strength[i],
    )
    first, own, places = d.first[_COMMUTE], w.terms[3] * p.personal[i, 3], d.place
    for one in range(1, len(places)):
        away, said = minutes[places[one]], PASSES
        if away < 0:
            share = w.unknown
        elif longest < 0:
            share = 1.0 if away <= w.usual_commute else w.unknown
        else:
            share = 1.0 if away <= longest else 0.5 if away <= longest * 1.5 else 0.0
            if share < 1.0 and strength > 0:
                share = 0.0
                said = FAILS if strength == _NEVER else PASSES
        answer[first + one], says[first + one] = own * share, said
