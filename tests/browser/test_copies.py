"""More than one copy of the page: only a training is lost with the copy that it runs on."""

import pytest
from behind_nginx import behind_nginx
from visiting import Steady, call_at_once, play, see_lost, spread, train, train_again


@pytest.fixture(scope="module")
def site():
    with behind_nginx() as site:
        yield site


def test_visitors_are_spread_and_every_answer_finds_its_way(site):
    assert spread(site, 24).total() == 24
    assert call_at_once(site, 12, 2).keys() == {1, 2}


def test_a_copy_that_dies_takes_nothing_with_it_but_its_trainings(site, open_page):
    page = open_page("#lesson=love", base=site.address)
    assert page.get_by_test_id("lesson-story").is_visible()
    opened = train(page, seed=3)
    own = int(page.context.cookies()[0]["value"])
    lost = site.copies[own - 1]
    with Steady(site, 3 - own) as other:
        lost.kill()
        see_lost(page, opened)
        play(page)
        train_again(page, opened)
    assert other.answered and not other.failed, other.failed
    assert page.context.cookies()[0]["value"] == str(3 - own)
