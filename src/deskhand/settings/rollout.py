"""`[rollout]`: how far the assistant is trusted, for whom, and what has to be there before it is trusted more."""

from typing import Literal

from pydantic import Field, model_validator

from deskhand.domain.scope import Scope
from deskhand.domain.stage import Stage
from deskhand.rollout.evidence import Gates
from deskhand.rollout.stage import Rollout, Step
from deskhand.rollout.trial import Metric, Trial
from deskhand.settings.strict import Strict


class StepTable(Strict):
    """A stage for some messages of a procedure, beside what `[rollout.procedures]` gives to all of them. `segment`: the
    tier that a system of record names."""

    procedure: str
    stage: Stage
    channel: str = ""
    segment: str = ""
    language: str = ""
    percent: float = Field(default=100, ge=0, le=100)

    @property
    def step(self) -> Step:
        return Step(self.procedure, self.stage, Scope(self.channel, self.segment, self.language, self.percent))


class GatesTable(Strict):
    """What a promotion needs, of the last `days`; figures are percent of the suggestions that agents decided on.
    `sample`: how many answers people have graded. `start_percent`: of customers, at which assisted may begin to be
    autonomous. `golden`: whether every golden ticket must have passed on the desk as it is now, by `deskhand eval
    --record`."""

    days: int = Field(default=90, ge=1, le=365)
    assisted_cases: int = Field(default=200, ge=1)
    assisted_agreed: float = Field(default=70, ge=0, le=100)
    autonomous_cases: int = Field(default=200, ge=1)
    autonomous_approved: float = Field(default=80, ge=0, le=100)
    autonomous_edited: float = Field(default=10, ge=0, le=100)
    sample: int = Field(default=0, ge=0)
    start_percent: float = Field(default=5, gt=0, le=100)
    golden: bool = False

    @property
    def gates(self) -> Gates:
        """Without the desk on which golden tickets must have passed: that is for who knows its folder."""
        return Gates(**self.model_dump(exclude={"golden"}))


class TrialTable(Strict):
    """`trials/<name>.yaml` is a second version of `procedure`, which `percent` of customers get. With a `model` there
    is no such file: that model plans for them, in that procedure or, where none is named, in all. Which one is better
    by `metric` is told with an error of at most `alpha`, however often one looks."""

    procedure: str = ""
    model: str = ""
    percent: float = Field(default=50, gt=0, lt=100)
    metric: Literal["unedited"] = "unedited"
    alpha: float = Field(default=0.05, gt=0, lt=0.5)

    @model_validator(mode="after")
    def _of_something(self) -> "TrialTable":
        if not self.procedure and not self.model:
            raise ValueError("name the procedure that has a second version, or the model that is tried")
        return self

    def trial(self, name: str) -> Trial:
        return Trial(name, self.procedure, self.percent, Metric(self.metric), self.alpha, self.model)


class RolloutTable(Strict):
    """`default`, `procedures` and `steps` are what the owner of the desk gives in writing; `ceiling` and `ceilings` how
    high people may promote in the workspace, whom `promoters` names by role (empty: everybody of `[people]`).
    `hold_out_percent`: of known customers, whom only people answer; without it 5, once anything is given in steps.
    `watch_minutes`: how often `serve` looks whether a procedure has to step back; 0 for never. `proactive`: by family
    of `proactive/*.yaml`; what is not named there is read-only, whatever `default` says."""

    default: Stage = Stage.READ_ONLY
    procedures: dict[str, Stage] = Field(default_factory=dict)
    proactive: dict[str, Stage] = Field(default_factory=dict)
    steps: list[StepTable] = Field(default_factory=list)
    ceiling: Stage = Stage.AUTONOMOUS
    ceilings: dict[str, Stage] = Field(default_factory=dict)
    hold_out_percent: float | None = Field(default=None, ge=0, le=50)
    salt: str = ""
    promoters: list[str] = Field(default_factory=list)
    watch_minutes: float = Field(default=1, ge=0)
    gates: GatesTable = GatesTable()
    trials: dict[str, TrialTable] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _below_ceilings(self) -> "RolloutTable":
        rollout = self.rollout
        for name in {*self.procedures, *self.ceilings, *(one.procedure for one in self.steps)}:
            if rollout.top(name).trust > rollout.most(name).trust:
                raise ValueError(f"{name} is {rollout.top(name)}, above its ceiling {rollout.most(name)}")
        of_models = [one.procedure for one in self.trials.values() if one.model]
        if len(of_models) > 1 and ("" in of_models or len({*of_models}) < len(of_models)):
            raise ValueError("two trials of models are of the same messages: name a procedure of its own for each")
        if self.default.trust > self.ceiling.trust:
            raise ValueError(f"default is {self.default}, above the ceiling {self.ceiling}")
        return self

    @property
    def rollout(self) -> Rollout:
        steps = tuple(one.step for one in self.steps)
        return Rollout(
            self.default, self.procedures, steps, self.ceiling, self.ceilings, self.hold_out_percent, self.salt
        )

    @property
    def names(self) -> frozenset[str]:
        """Every procedure that is named here."""
        trials = (one.procedure for one in self.trials.values() if one.procedure)
        return frozenset((*self.procedures, *self.ceilings, *(one.procedure for one in self.steps), *trials))
