import pytest

from api.web.pages import environment
from api.web.pictograms import DRAWN, pictogram
from kompetanse.codes.sectors import sectors
from kompetanse.competence.fields import ProfilePart


@pytest.mark.parametrize("name", DRAWN)
def test_every_pictogram_is_drawn_in_the_colour_of_its_page_and_read_by_no_screen_reader(name: str) -> None:
    drawn = pictogram(name)
    assert drawn.startswith("<svg ")
    assert 'aria-hidden="true"' in drawn
    assert drawn.count("<path") >= 1
    assert "stroke=" not in drawn
    assert "style" not in drawn


def test_every_field_of_work_and_every_part_of_a_profile_has_one() -> None:
    assert {one.code for one in sectors()} | {"can", "wants", "likes"} | set(ProfilePart) <= DRAWN.keys()


def test_what_is_tapped_is_a_checkbox_with_words() -> None:
    template = (
        '{% from "components/pictogram.html" import tap %}{{ tap("sectors", "fish", "x", "Fisk", checked=True) }}'
    )
    html = environment().from_string(template).render()
    assert 'type="checkbox"' in html
    assert "checked" in html
    assert '<span class="tap__words">Fisk</span>' in html
