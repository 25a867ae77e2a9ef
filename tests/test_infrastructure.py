"""The templates for AWS: accepted by its linter, with the table that `db-setup` makes and roles that just suffice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from botocore import xform_name
from botocore.session import Session
from moto import mock_aws

from flavorbot.deploying import check
from flavorbot.settings import Settings
from flavorbot.storage.setup import lacking, setup_table
from tests.balancers import ROOT

FOLDER, FLAVORBOT = ROOT / "infrastructure", ROOT / "flavorbot"
STORAGE = FLAVORBOT / "storage"
TEMPLATES = sorted(FOLDER.glob("*.yaml"))
REGION = "eu-central-1"
SETTINGS = Settings(table_name="flavorbot", region=REGION)


class Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms as they stand: `!Ref x` as {"Ref": "x"}."""


def _short(loader: Loader, suffix: str, node: yaml.Node) -> dict[str, object]:
    if isinstance(node, yaml.ScalarNode):
        return {suffix: loader.construct_scalar(node)}
    assert isinstance(node, yaml.SequenceNode)
    return {suffix: loader.construct_sequence(node, deep=True)}


Loader.add_multi_constructor("!", _short)


def resources(name: str) -> dict[str, Any]:
    template = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader)
    found: dict[str, Any] = template["Resources"]
    return found


def test_the_linter_finds_nothing() -> None:
    command = [str(Path(sys.executable).parent / "cfn-lint"), "--include-checks", "I", "--", *map(str, TEMPLATES)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    assert [path.stem for path in TEMPLATES] == ["alarms", "app", "roles", "table"]


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests")
    with mock_aws():
        yield


def test_the_table_is_the_one_that_db_setup_makes(aws: None) -> None:
    """Made as the template says, it lacks nothing that db-setup looks for, and db-setup finds nothing to do."""
    written = resources("table")["Table"]
    table = written["Properties"]
    index = {key: part for key, part in table["GlobalSecondaryIndexes"][0].items() if key != "OnDemandThroughput"}
    client: Any = boto3.client("dynamodb", REGION)
    named = {"TableName": "flavorbot"}
    same = ("AttributeDefinitions", "KeySchema", "BillingMode", "DeletionProtectionEnabled")
    client.create_table(
        **named,
        **{key: table[key] for key in same},
        GlobalSecondaryIndexes=[index],
        SSESpecification={"Enabled": table["SSESpecification"]["SSEEnabled"]},
    )
    client.update_time_to_live(**named, TimeToLiveSpecification=table["TimeToLiveSpecification"])
    recovery = table["PointInTimeRecoverySpecification"]
    client.update_continuous_backups(**named, PointInTimeRecoverySpecification=recovery)
    assert lacking(SETTINGS) == []
    assert setup_table(SETTINGS).done == ("nothing had to be done",)
    setup_table(replace(SETTINGS, table_name="by-setup"))
    assert shape(client, "flavorbot") == shape(client, "by-setup")
    assert (written["DeletionPolicy"], written["UpdateReplacePolicy"]) == ("Retain", "Retain")


def shape(client: Any, name: str) -> dict[str, Any]:  # noqa: ANN401
    """What a table is, whatever it is called, but for its encryption: moto forgets what was switched on later."""
    table = client.describe_table(TableName=name)["Table"]
    own = ("TableName", "TableArn", "TableId", "CreationDateTime", "LatestStreamArn", "LatestStreamLabel")
    kept = {key: part for key, part in table.items() if key not in (*own, "SSEDescription")}
    for each in kept["GlobalSecondaryIndexes"]:
        each.pop("IndexArn", None)
    time_to_live = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    return kept | {"ttl": time_to_live}


def test_the_guard_of_cost_is_the_one_that_db_setup_sets() -> None:
    table = resources("table")["Table"]["Properties"]
    most = {"MaxReadRequestUnits": {"Ref": "MaxUnits"}, "MaxWriteRequestUnits": {"Ref": "MaxUnits"}}
    guard = {"If": ["IsGuarded", most, {"Ref": "AWS::NoValue"}]}
    assert table["OnDemandThroughput"] == table["GlobalSecondaryIndexes"][0]["OnDemandThroughput"] == guard


TRANSACTED = {"PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"}


def actions_in(*names: str) -> set[str]:
    """What these parts of the storage ask of DynamoDB, as IAM calls it; a transaction is allowed by its parts."""
    operations = {xform_name(each): each for each in Session().get_service_model("dynamodb").operation_names}
    source = "".join((STORAGE / name).read_text(encoding="utf-8") for name in names)
    asked = {operations[word] for word in re.findall(r'"([a-z_]+)"', source) if word in operations}
    return (asked - {"TransactWriteItems"}) | (TRANSACTED if "TransactWriteItems" in asked else set())


def statements(role: str) -> list[dict[str, Any]]:
    (policy,) = resources("roles")[role]["Properties"]["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found


def allowed(statement: dict[str, Any]) -> set[str]:
    return {action.removeprefix("dynamodb:") for action in statement["Action"]}


def test_each_role_may_do_what_its_code_does_and_no_more() -> None:
    of_table, of_index = statements("AppRole")
    app = actions_in(*(path.name for path in STORAGE.glob("dynamodb*.py")))
    # The whole table is read by `flask user list` alone, never by the app.
    assert allowed(of_table) == app - {"Scan"}
    assert of_index["Action"] == "dynamodb:Query"
    (of_setup,) = statements("SetupRole")
    assert allowed(of_setup) == actions_in("setup.py")
    for each in (of_table, of_index, of_setup):
        assert "*" not in json.dumps(each["Resource"])


def test_alarms_look_for_what_the_log_says() -> None:
    pattern = resources("alarms")["AllowanceLines"]["Properties"]["FilterPattern"]
    found = re.findall(r'logger = "flavorbot\.(\w+)" && \$\.message = "([^"*]+)\*"', pattern)
    sources = {"generating": FLAVORBOT / "generating.py", "cooking": FLAVORBOT / "web" / "cooking.py"}
    assert [name for name, _ in found] == ["generating", "cooking"]
    for name, words in found:
        assert f'"{words}' in sources[name].read_text(encoding="utf-8")


def test_the_app_is_started_as_the_settings_are_read() -> None:
    app = resources("app")
    (container,) = app["Task"]["Properties"]["ContainerDefinitions"]
    environment = {each["Name"]: str(each["Value"]) for each in container["Environment"]}
    secrets = {each["Name"]: "smtp://u:p@mail.example" if each["Name"] == "MAIL_URL" else "0f1e2d3c4b5a6978" * 4
               for each in container["Secrets"]}  # fmt: skip
    environment |= {"FLAVORBOT_URL": "https://cook.example", "MAIL_FROM": "kitchen@cook.example"}
    environment |= {"DYNAMODB_TABLE_NAME": "flavorbot", "AWS_REGION": REGION}
    settings = Settings.from_env(environment | secrets)
    unsafe = [each.subject for each in check(settings) if each.verdict == "unsafe"]
    assert [subject for subject in unsafe if not subject.startswith("table ")] == []
    assert container["ReadonlyRootFilesystem"] is True
    assert container["StopTimeout"] >= settings.drain_s + 30
    idle = {each["Key"]: each["Value"] for each in app["Balancer"]["Properties"]["LoadBalancerAttributes"]}
    assert int(idle["idle_timeout.timeout_seconds"]) < 75
