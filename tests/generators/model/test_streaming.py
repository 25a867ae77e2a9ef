"""A model's recipe is shown while it is written: nothing unchecked, and nothing that stays when it turns out wrong."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from flavorbot.errors import Abandoned
from flavorbot.generators.model import ModelGenerator
from flavorbot.model import Wish
from tests.generators.model.conftest import (
    WISH,
    MakeGenerator,
    fallback_told,
    good_recipe,
    line,
    step,
)
from tests.generators.model.server import (
    Answer,
    Server,
    drips,
    drips_comments,
    gives,
    keeps_quiet,
    never_begins,
    pours,
    refuses,
    says,
    silent,
    streams_event,
    writes,
)
from tests.generators.model.watching import Watcher

GOOD = json.dumps(good_recipe())
NO_PEANUTS = replace(WISH, allergies=("peanuts",))


def changed(**parts: object) -> str:
    return json.dumps(good_recipe() | parts)


def steps_with(text: str, place: int = 3) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = good_recipe()["steps"]
    return [*steps[:place], step(text), *steps[place:]]


def leaver(server: Server) -> Watcher:
    """Goes away as soon as the model has been asked once more."""
    before = len(server.requests)
    return Watcher(left=lambda _: len(server.requests) > before)


def test_title_lines_and_steps_come_one_by_one(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(GOOD)]
    watcher = Watcher()
    made = model.generate(WISH, watcher)
    assert fallback_told(made) == ""
    assert server.requests[0]["stream"] is True
    assert watcher.kinds == ["stage", "title", "line", "step", "stage"]
    assert watcher.of("title") == ["Garlic chicken with broccoli rice"]
    assert watcher.of("line")[:2] == ["300 g chicken breast", "250 g broccoli"]
    assert watcher.of("step")[0] == "Boil the rice in plenty of water for 12 minutes, then drain."


def test_the_stages_are_told_in_words(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(GOOD)]
    watcher = Watcher()
    model.generate(WISH, watcher)
    assert watcher.of("stage") == [
        "Asking the language model for a recipe",
        "Writing your recipe and checking each line of it",
        "Checking the recipe as a whole",
    ]


def test_a_part_is_shown_before_the_next_is_written(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(GOOD[: GOOD.index('"ingredients"') + 60], stay=True)]
    watcher = Watcher(left=lambda watcher: bool(watcher.of("title")))
    with pytest.raises(Abandoned):
        model.generate(WISH, watcher)
    assert watcher.kinds == ["stage", "title"]


def test_the_same_recipe_comes_with_and_without_a_stream(make_generator: MakeGenerator, server: Server) -> None:
    server.answers = [pours(GOOD)]
    assert make_generator().generate(WISH, Watcher()).recipe == make_generator().generate(WISH).recipe


@pytest.mark.parametrize("size", [1, 10_000])
def test_a_server_may_cut_as_it_likes(model: ModelGenerator, server: Server, size: int) -> None:
    server.answers = [pours(GOOD, size=size)]
    watcher = Watcher()
    assert fallback_told(model.generate(WISH, watcher)) == ""
    assert len(watcher.of("line")) == len(good_recipe()["ingredients"])


def test_a_server_that_cannot_stream_is_read_whole(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes(good_recipe())]
    watcher = Watcher()
    assert fallback_told(model.generate(WISH, watcher)) == ""
    assert watcher.kinds == ["stage", "title", "line", "step", "stage"]


@pytest.mark.parametrize(
    ("refusals", "left_out"),
    [
        ([refuses(400, "Extra inputs are not permitted: stream_options")], {"stream_options"}),
        ([refuses(400, "Streaming is not supported by this model.")], {"stream", "stream_options"}),
        ([refuses(422, "no")] * 3, {"stream", "stream_options"}),
    ],
    ids=["options", "stream", "no word"],
)
def test_a_server_that_refuses_to_stream_is_remembered(
    model: ModelGenerator, server: Server, refusals: list[Answer], left_out: set[str]
) -> None:
    server.answers = [*refusals, pours(GOOD)]
    assert fallback_told(model.generate(WISH, Watcher())) == ""
    assert fallback_told(model.generate(WISH, Watcher())) == ""
    assert len(server.requests) == len(refusals) + 2
    assert {"stream", "stream_options"} - server.requests[-1].keys() == left_out


def test_a_refused_setting_is_no_refused_stream(model: ModelGenerator, server: Server) -> None:
    server.answers = [refuses(400, "'temperature' is not supported; the upstream said so"), pours(GOOD)]
    assert fallback_told(model.generate(WISH, Watcher())) == ""
    assert server.requests[-1]["stream"] is True


FINDINGS = {
    "step": changed(steps=steps_with("Sprinkle with roasted peanuts.")),
    "title": changed(title="Peanut chicken with rice"),
    "sauce": changed(steps=steps_with("Stir in the satay sauce and warm it through.")),
}


@pytest.mark.parametrize("answer", FINDINGS.values(), ids=FINDINGS)
def test_a_finding_stops_the_stream_and_is_never_shown(model: ModelGenerator, server: Server, answer: str) -> None:
    server.answers = [pours(answer, pause_s=0.01, stay=True), pours(GOOD)]
    watcher = Watcher()
    made = model.generate(NO_PEANUTS, watcher)
    assert fallback_told(made) == ""
    assert server.left.wait(2)
    assert "restart" in watcher.kinds
    assert not any("eanut" in text or "satay" in text for _, text in watcher.seen)
    assert "which is not among the foods" in server.requests[1]["messages"][1]["content"]
    assert [text for kind, text in watcher.shown if kind == "title"] == ["Garlic chicken with broccoli rice"]


def test_a_second_finding_takes_all_back_and_is_mended(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(FINDINGS["step"])]
    watcher = Watcher()
    made = model.generate(NO_PEANUTS, watcher)
    assert fallback_told(made) == ""
    assert watcher.kinds.count("restart") == 2
    assert watcher.shown == []
    assert "so it is put right before you see it" in watcher.of("stage")[-2]
    assert not any("eanut" in text for _, text in watcher.seen)
    assert "eanut" not in " ".join(each.text for each in made.recipe.instructions)


def test_a_line_that_may_not_be_there_is_swapped(model: ModelGenerator, server: Server) -> None:
    butter = [*good_recipe()["ingredients"], line("butter", 20)]
    server.answers = [pours(changed(ingredients=butter, steps=steps_with("Stir in the butter.")))]
    watcher = Watcher()
    assert fallback_told(model.generate(replace(WISH, allergies=("milk",)), watcher)) == ""
    assert not any("butter" in text.replace("vegan butter", "") for _, text in watcher.seen)


def test_a_food_that_is_not_listed_is_cut_out(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(changed(steps=steps_with("Lay the salmon beside it. Stir well and warm through.")))]
    watcher = Watcher()
    model.generate(WISH, watcher)
    assert "Stir well and warm through." in watcher.of("step")
    assert not any("salmon" in text for text in watcher.of("step"))


def test_seasoning_that_a_step_adds_is_shown_in_the_list(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(changed(steps=steps_with("Sprinkle with black pepper and stir.")))]
    watcher = Watcher()
    model.generate(WISH, watcher)
    assert any("black pepper" in text for text in watcher.of("line"))


def test_amounts_and_heat_are_put_right_before_they_are_shown(model: ModelGenerator, server: Server) -> None:
    lines = [line("chicken breast", 9000), *good_recipe()["ingredients"][1:]]
    hot = steps_with("Roast the chicken breast in the oven at 900 °C for 20 minutes.", 2)
    server.answers = [pours(changed(ingredients=lines, steps=hot))]
    watcher = Watcher()
    model.generate(WISH, watcher)
    assert "9" not in watcher.of("line")[0].split()[0]
    assert any("250 °C" in text for text in watcher.of("step"))


@pytest.mark.parametrize("advice", ["Wash the raw chicken breast.", "Serve the chicken breast pink and bloody."])
def test_dangerous_advice_is_not_shown(model: ModelGenerator, server: Server, advice: str) -> None:
    server.answers = [pours(changed(steps=steps_with(f"{advice} Stir well.", 1)))]
    watcher = Watcher()
    model.generate(WISH, watcher)
    assert "Stir well." in watcher.of("step")
    assert not any(advice in text for text in watcher.of("step"))


def test_what_an_eater_must_not_have_is_not_shown(model: ModelGenerator, server: Server) -> None:
    lines = [*good_recipe()["ingredients"], line("honey", 20)]
    server.answers = [pours(changed(ingredients=lines, steps=steps_with("Stir in the honey. Stir well.")))]
    watcher = Watcher()
    model.generate(replace(WISH, eaters=("infant",)), watcher)
    assert not any("honey" in text for _, text in watcher.seen)


def test_markup_and_links_are_shown_as_plain_words(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(changed(title="<b>Rice</b> and [chicken](javascript:x)"))]
    watcher = Watcher()
    model.generate(WISH, watcher)
    assert watcher.of("title") == ["Rice and chicken"]


def test_other_measures_are_shown_as_asked_for(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(changed(steps=steps_with("Roast the broccoli at 200 °C for 10 minutes.")))]
    watcher = Watcher()
    model.generate(replace(WISH, units="us"), watcher)
    assert any(" oz " in text or " lb " in text for text in watcher.of("line"))
    assert any("°F" in text for text in watcher.of("step"))


def test_what_only_the_whole_shows_takes_all_back(model: ModelGenerator, server: Server) -> None:
    raw = changed(steps=[step("Eat the broccoli and the garlic with olive oil and salt, slowly and in peace.")] * 2)
    server.answers = [pours(raw), pours(GOOD)]
    watcher = Watcher()
    assert fallback_told(model.generate(WISH, watcher)) == ""
    assert watcher.kinds.count("restart") == 1
    assert "so it is written anew" in watcher.of("stage")[3]


FAILURES = {
    "429": (refuses(429, Retry_After="7"), "is too busy just now"),
    "500": (refuses(500), "had a fault of its own"),
    "HTML": (gives(b"<!doctype html><h1>Hello", "text/html"), "answered with something that is no recipe"),
    "1 MB at once": (gives(b"x" * 1_000_000), "answered with something that is no recipe"),
    "1 MB streamed": (pours("x" * 1_000_000, size=50_000), "answered with something that is no recipe"),
    "a long line": (gives(b"data: " + b"x" * 5_000_000, "text/event-stream"), "that is no recipe"),
    "no JSON": (gives(b"data: hello\n\n", "text/event-stream"), "answered with something that is no recipe"),
    "an error": (streams_event({"error": {"message": "overloaded"}}), "had a fault of its own"),
    "refusal": (streams_event({"choices": [{"delta": {"refusal": "No."}}]}), "declined to write this recipe"),
    "filter": (pours(GOOD[:300], end="content_filter"), "declined to write this recipe"),
    "cut": (pours(GOOD[:700], end=""), "broke off in the middle of its answer"),
    "half": (pours(GOOD[:700], end="length"), "wrote no recipe that passed our check"),
    "schema": (pours('{"title": 5, "steps": [{"what": 1}]}'), "wrote no recipe that passed our check"),
    "words": (pours("I'm sorry, I cannot help with that."), "wrote no recipe that passed our check"),
    "empty": (pours("  "), "gave an empty answer"),
    "refusal at once": (says(None, refusal="I cannot."), "declined to write this recipe"),
}


@pytest.mark.parametrize(("answer", "told"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_told_and_what_was_shown_goes(
    model: ModelGenerator, server: Server, answer: Answer, told: str
) -> None:
    server.answers = [answer]
    watcher = Watcher()
    made = model.generate(WISH, watcher)
    assert told in fallback_told(made)
    assert watcher.shown == []
    assert told in watcher.of("stage")[-1]


@pytest.mark.parametrize("answer", [silent, drips, drips_comments, never_begins, pours(GOOD[:400], stay=True)])
def test_the_time_limit_is_for_the_whole_stream(make_generator: MakeGenerator, server: Server, answer: Answer) -> None:
    server.answers = [answer]
    model = make_generator(deadline_s=0.6)
    model.generate(Wish(ingredients=("rice",)), Watcher())  # what is read once takes a moment
    begun = time.monotonic()
    assert "did not answer in time" in fallback_told(model.generate(WISH, Watcher()))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("answer", [never_begins, keeps_quiet, pours(GOOD[:400], stay=True), pours(GOOD, pause_s=0.1)])
def test_whoever_leaves_ends_the_call(model: ModelGenerator, server: Server, answer: Answer) -> None:
    server.answers = [answer]
    watcher = leaver(server)
    begun = time.monotonic()
    with pytest.raises(Abandoned):
        model.generate(WISH, watcher)
    assert time.monotonic() - begun < 2
    assert server.left.wait(2)


def test_who_left_is_no_failure_of_the_server(model: ModelGenerator, server: Server) -> None:
    server.answers = [never_begins]
    for _ in range(4):
        with pytest.raises(Abandoned):
            model.generate(WISH, leaver(server))
    server.answers = [pours(GOOD)]
    assert fallback_told(model.generate(WISH, Watcher())) == ""
