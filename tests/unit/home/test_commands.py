"""The command line: help, machine output, exit codes."""

import json
import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.core import mail

from osnowa.cli import command_line
from osnowa.home import working
from osnowa.people.models import Person


def osnowa(*words: str) -> Result:
    return CliRunner().invoke(command_line(), words)


def every_command(group: click.Group, before: str = "osnowa") -> list[tuple[str, click.Command]]:
    found = []
    for name, command in group.commands.items():
        found.append((f"{before} {name}", command))
        if isinstance(command, click.Group):
            found += every_command(command, f"{before} {name}")
    return found


@pytest.mark.parametrize(("name", "command"), every_command(command_line()))
def test_every_command_and_option_says_what_it_does(name, command):
    assert command.help, name
    for option in command.params:
        if isinstance(option, click.Option) and name != "osnowa manage":
            assert option.help, f"{name} {option.opts}"


def test_help_explains_the_exit_codes():
    assert "Exit codes: 0 done; 1" in osnowa("--help").output


def test_a_wrong_word_is_exit_code_2():
    assert osnowa("sing").exit_code == 2


@pytest.mark.django_db
class TestDoctor:
    def test_it_complains_when_no_worker_lives(self):
        (settings.VAR / "worker.json").unlink(missing_ok=True)
        said = osnowa("doctor", "--json")
        assert said.exit_code == 1
        assert json.loads(said.output)["is_worker_alive"] is False

    def test_it_is_content_when_all_is_well(self):
        working.beat()
        said = osnowa("doctor", "--json")
        facts = json.loads(said.output)
        assert (said.exit_code, facts["is_well"], facts["pending_migrations"]) == (0, True, 0)
        assert settings.SECRET_KEY not in said.output

    def test_people_read_a_table(self):
        working.beat()
        assert "All is well." in osnowa("doctor").output


@pytest.mark.django_db(transaction=True)
class TestOperator:
    def test_the_first_operator_gets_a_link(self):
        said = osnowa("operator", "Darek@Example.org", "--name", "Darek", "--language", "pl", "--json")
        assert said.exit_code == 0, said.output
        facts = json.loads(said.output)
        assert Person.objects.get(email="darek@example.org").is_operator
        assert "/pl/account/invitation/" in facts["link"]
        assert [letter.to for letter in mail.outbox] == [["darek@example.org"]]

    def test_who_can_sign_in_already_gets_no_letter(self, world):
        said = osnowa("operator", world.celina.email)
        world.celina.refresh_from_db()
        assert world.celina.is_operator
        assert "can sign in already" in said.output
        assert mail.outbox == []

    def test_nonsense_is_not_an_address(self):
        said = osnowa("operator", "nonsense")
        assert said.exit_code == 2
        assert "not an e-mail address" in said.output


@pytest.mark.django_db(transaction=True)
class TestBackup:
    def test_a_backup_counts_what_it_holds(self, world, tmp_path):
        said = osnowa("backup", str(tmp_path / "a.zip"), "--json")
        assert json.loads(said.output)["rows"] > 10
        assert zipfile.is_zipfile(tmp_path / "a.zip")

    def test_restoring_over_a_full_database_is_exit_code_1_with_one_line(self, world, tmp_path):
        osnowa("backup", str(tmp_path / "a.zip"))
        said = osnowa("restore", str(tmp_path / "a.zip"))
        assert said.exit_code == 1
        assert said.output.startswith("Error: The database is not empty")
        assert "Traceback" not in said.output

    def test_replacing_restores(self, world, tmp_path):
        osnowa("backup", str(tmp_path / "a.zip"))
        said = osnowa("restore", str(tmp_path / "a.zip"), "--replace")
        assert (said.exit_code, said.output[:8]) == (0, "Restored")

    def test_verifying_and_replacing_exclude_each_other(self, tmp_path):
        (tmp_path / "a.zip").touch()
        assert osnowa("restore", str(tmp_path / "a.zip"), "--replace", "--verify").exit_code == 2

    def test_a_missing_file_is_exit_code_2(self, tmp_path):
        assert osnowa("restore", str(tmp_path / "none.zip")).exit_code == 2


@pytest.mark.django_db
def test_reminders_are_counted_by_kind(world):
    said = osnowa("remind", "--json")
    assert said.exit_code == 0, said.output
    assert set(json.loads(said.output)) >= {"region_seats", "organisation_seats"}


def test_the_worker_mark_is_only_as_old_as_the_last_beat():
    working.beat()
    assert working.seconds_since_beat() == 0
    Path(settings.VAR / "worker.json").write_text("nonsense")
    assert working.seconds_since_beat() is None
