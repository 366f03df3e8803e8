"""The workflow for GitHub: its steps are run here, and it may do as little as can be."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.spine import an_entry, an_update, events_file

WORKFLOW = Path(__file__).parent.parent / "docs" / "github" / "calfeed.yml"
SHELL = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c")
"""What GitHub calls ``bash``."""

GARDEN = {"garden": an_entry()}
POSTPONED = {"garden": an_entry(updates=[an_update("postponed")])}
ON_GITHUB = """
const comments = [{ id: 1, user: { type: "User" }, body: "<!-- calfeed --> says Ann" }];
const issues = {
  listComments() {},
  async createComment({ body }) {
    comments.push({ id: comments.length + 1, user: { type: "Bot" }, body });
  },
  async updateComment({ comment_id: id, body }) {
    comments.find((one) => one.id === id).body = body;
  },
};
const github = { rest: { issues }, paginate: async () => comments };
const context = { repo: { owner: "town", repo: "events" }, issue: { number: 7 } };
const run = Object.getPrototypeOf(async () => {}).constructor;
const script = new run("github", "context", "require", process.env.SCRIPT);
(async () => {
  await script(github, context, require);
  require("node:fs").writeFileSync("comment.md", "second");
  await script(github, context, require);
  console.log(JSON.stringify(comments.map((one) => one.body)));
})();
"""
"""A pull request whose comments are kept in a list; the script is run on it twice."""


def workflow() -> Any:
    return yaml.load(WORKFLOW.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - "on" stays


def steps(job: str) -> list[Any]:
    found: list[Any] = workflow()["jobs"][job]["steps"]
    return found


def script_of(job: str, name: str) -> str:
    (script,) = (one["run"] for one in steps(job) if one.get("name") == name)
    return str(script)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How one step ended, and what it said."""

    status: int
    out: str
    comment: str
    summary: str


class Checkout:
    """A checkout as the workflow has it: the base, and what the pull request makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet")

    def git(self, *words: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=a@example.eu", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *words], cwd=self.folder, check=True)

    def commit(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=a change")

    def run(self, script: str) -> Ran:
        summary = self.folder / "summary.md"
        done = subprocess.run(
            [*SHELL, script],
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "GITHUB_STEP_SUMMARY": str(summary),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        comment = self.folder / "comment.md"
        return Ran(
            status=done.returncode,
            out=done.stdout,
            comment=comment.read_text(encoding="utf-8") if comment.exists() else "",
            summary=summary.read_text(encoding="utf-8") if summary.exists() else "",
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_good_change_passes_and_the_comment_says_what_subscribers_would_see(
    checkout: Checkout,
) -> None:
    checkout.commit(events=events_file(GARDEN))
    checkout.commit(events=events_file(POSTPONED))

    checked = checkout.run(script_of("check", "Check the events"))
    assert (checked.status, "::error" in checked.out) == (0, False)

    said = checkout.run(script_of("check", "Say what subscribers would see"))
    assert said.status == 0
    assert "- **as planned → postponed** `garden` (1 calendar)<br>" in said.comment
    assert "`POSTPONED: Garden day`<br>" in said.comment
    assert said.summary == said.comment


def test_a_broken_file_fails_at_its_line_and_the_comment_says_why(checkout: Checkout) -> None:
    checkout.commit(events=events_file(GARDEN))
    checkout.commit(events=events_file({"garden": an_entry(when="soon")}))

    checked = checkout.run(script_of("check", "Check the events"))
    assert checked.status == 1
    assert re.search(r'^::error file=events\.yaml,line=\d+,.*"soon" is not', checked.out, re.M)

    said = checkout.run(script_of("check", "Say what is wrong"))
    assert said.status == 0
    assert '    error[E300]: "soon" is not understood' in said.comment
    assert said.summary == said.comment


def test_what_a_file_says_stays_code_in_the_comment(checkout: Checkout) -> None:
    checkout.commit(events=events_file({"garden": an_entry(when="```\n@town <b>")}))
    said = checkout.run(script_of("check", "Say what is wrong"))
    _, _, errors = said.comment.partition("nothing is published.\n\n")
    assert "@town" in errors
    assert all(line.startswith("    ") for line in errors.splitlines())


@pytest.mark.parametrize(
    ("base", "complaint"),
    [
        pytest.param({"events": events_file({"garden": an_entry(when="soon")})}, "E300", id="bad"),
        pytest.param({"other": "x: 1\n"}, "there is no events.yaml in", id="none"),
    ],
)
def test_a_base_that_cannot_be_read_is_told_and_fails_nothing(
    base: dict[str, str], complaint: str, checkout: Checkout
) -> None:
    checkout.commit(**base)
    checkout.commit(events=events_file(GARDEN))
    said = checkout.run(script_of("check", "Say what subscribers would see"))
    assert said.status == 0
    assert complaint in said.comment


@pytest.mark.parametrize(
    ("events", "status"),
    [
        pytest.param(GARDEN, 0, id="nothing waits"),
        pytest.param(POSTPONED, 1, id="postponed for more than 90 days"),
        pytest.param({"garden": an_entry(when="soon")}, 1, id="an error"),
    ],
)
def test_the_weekly_run_fails_where_somebody_has_to_decide(
    events: dict[str, Any], status: int, checkout: Checkout
) -> None:
    checkout.commit(events=events_file(events))
    ran = checkout.run(script_of("remind", "Look for what waits for a decision"))
    assert ran.status == status, ran.out


@pytest.mark.reader("icaljs")
def test_there_is_one_comment_which_changes(tmp_path: Path) -> None:
    (script,) = (one["with"]["script"] for one in steps("check") if "script" in one.get("uses", ""))
    (tmp_path / "comment.md").write_text("first")
    done = subprocess.run(
        ["node", "-e", ON_GITHUB],
        cwd=tmp_path,
        env={**os.environ, "SCRIPT": script},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == ["<!-- calfeed --> says Ann", "<!-- calfeed -->\nsecond"]


def test_it_may_do_as_little_as_can_be() -> None:
    found = workflow()
    assert found["permissions"] == {}
    assert {name: job["permissions"] for name, job in found["jobs"].items()} == {
        "check": {"contents": "read", "pull-requests": "write"},
        "remind": {"contents": "read"},
    }
    assert set(found["on"]) == {"pull_request", "schedule", "workflow_dispatch"}


@pytest.mark.parametrize("job", ["check", "remind"])
def test_nothing_that_somebody_wrote_is_put_into_a_script(job: str) -> None:
    scripts = [one.get("run", "") + one.get("with", {}).get("script", "") for one in steps(job)]
    assert all("${{" not in script for script in scripts)


@pytest.mark.parametrize("job", ["check", "remind"])
def test_actions_are_github_s_own_and_a_checkout_keeps_no_credentials(job: str) -> None:
    uses = [one["uses"] for one in steps(job) if "uses" in one]
    assert all(re.fullmatch(r"actions/[a-z-]+@v[0-9]+", one) for one in uses)
    (checked_out,) = (one for one in steps(job) if "actions/checkout@" in one.get("uses", ""))
    assert checked_out["with"]["persist-credentials"] == "false"


def test_each_step_that_runs_calfeed_is_run_here() -> None:
    named = {
        one["name"]
        for job in ("check", "remind")
        for one in steps(job)
        if re.search(r"\bcalfeed [a-z]+\b", one.get("run", ""))
    }
    assert named == {
        "Check the events",
        "Say what subscribers would see",
        "Say what is wrong",
        "Look for what waits for a decision",
    }
