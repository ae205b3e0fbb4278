"""Numbers of codes and concepts."""

from concurrent.futures import ThreadPoolExecutor

from kompetanse.matching.vectors.vocabulary import Numbers


def test_every_key_has_a_number_of_its_own_also_when_threads_race() -> None:
    keys = [str(number) for number in range(2_000)]
    numbers: Numbers[str] = Numbers()
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda turn: [numbers[key] for key in keys[turn:] + keys[:turn]], range(8)))
    assert sorted(numbers.values()) == list(range(len(keys)))
    assert all(
        numbers[key] == number
        for turn, found in enumerate(given)
        for key, number in zip(keys[turn:], found, strict=False)
    )
