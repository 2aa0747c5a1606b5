from helpers.progress import Progress, finish


def search(found):
    yield Progress(1000, 5000)
    yield Progress(2000, 5000, "still nothing")
    return found


def test_a_search_can_be_run_in_silence():
    assert finish(search(42)) == 42


def test_progress_says_what_it_knows():
    assert tuple(Progress(3)) == (3, None, "")
    assert [step.note for step in search(0)] == ["", "still nothing"]
