"""The pages for whoever enlarges them, chooses their own colours, or wants nothing to move."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import LiveServer, new_visit
from tests.e2e.test_accessibility import RINGED, pages

pytestmark = pytest.mark.e2e

MOVES = """
() => [...document.querySelectorAll('*')].filter(one => {
  const style = getComputedStyle(one);
  const longest = text => Math.max(...text.split(',').map(parseFloat));
  const animated = style.animationName === 'none' ? 0 : longest(style.animationDuration);
  return Math.max(longest(style.transitionDuration), animated) > 0.01;
}).map(one => one.outerHTML.slice(0, 120))
"""
"""What moves for longer than can be seen."""

BARE = """
() => [...document.querySelectorAll('main .ds-button, main .ds-input')].filter(one => {
  const style = getComputedStyle(one);
  const told = one.matches('[data-variant=tertiary], [type=checkbox], [type=radio], [type=hidden]');
  return one.checkVisibility() && !told && (style.borderStyle === 'none' || style.borderWidth === '0px');
}).map(one => one.outerHTML.slice(0, 120))
"""
"""Buttons and fields that nothing sets off from the page where colours are the reader's own."""


def test_at_twice_the_size_nothing_is_cut_off_or_scrolls_sideways(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    visit = new_visit(context, live_server)
    visit.log_in()
    for path in pages(visit):
        visit.open(path)
        visit.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        assert visit.overflow() <= 0, path
    context.close()


def test_in_colours_of_the_reader_s_own_everything_is_still_told_apart(
    chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, forced_colors="active")
    visit = new_visit(context, live_server)
    visit.log_in()
    for path in pages(visit)[:20]:
        visit.open(path)
        assert visit.page.evaluate(BARE) == [], path
    visit.open("/people")
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        assert visit.page.locator(":focus").evaluate(RINGED)
    context.close()


def test_nothing_moves_for_whoever_asked_for_that(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    visit = new_visit(context, live_server)
    visit.log_in()
    for path in pages(visit)[:20]:
        visit.open(path)
        assert visit.page.evaluate(MOVES) == [], path
    context.close()
