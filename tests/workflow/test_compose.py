from __future__ import annotations

from rigatino.recommendation import ModelVerdict, Recommendation, TaskGuess
from rigatino.workflow import compose


def _verdict(i: str, task: str, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> ModelVerdict:
    return ModelVerdict(i, i, "direct", "", inputs, outputs, (task,))


def _recommendation(*verdicts: ModelVerdict) -> Recommendation:
    tasks = tuple(TaskGuess(v.tasks[0], 0.9, ()) for v in verdicts)
    return Recommendation(tasks, (), verdicts, ())


def test_two_modules_are_chained_when_the_types_meet() -> None:
    flow = compose(
        _recommendation(
            _verdict("M1", "denoising", ("image",), ("image",)),
            _verdict("M2", "super-resolution", ("image", "scale"), ("image",)),
        )
    )
    assert flow.chain == ("M1", "M2")


def test_a_module_that_cannot_take_what_the_other_gives_is_not_chained() -> None:
    flow = compose(
        _recommendation(
            _verdict("M1", "image-captioning", ("image",), ("text",)),
            _verdict("M2", "super-resolution", ("image", "scale"), ("image",)),
        )
    )
    assert flow.chain == ("M1",)


def test_a_step_says_what_the_asker_lacks() -> None:
    verdict = _verdict("M1", "low-light-enhancement", ("raw sensor data",), ("image",))
    assert compose(_recommendation(verdict)).step("M1").lacks == ("raw sensor data",)
