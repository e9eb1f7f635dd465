import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_text_missing_without_default_names_the_variable(monkeypatch):
    monkeypatch.delenv("SPECIMEN", raising=False)

    with pytest.raises(ImproperlyConfigured, match=r"SPECIMEN must be set"):
        env.text("SPECIMEN")


def test_text_from_file_is_its_content(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("SPECIMEN_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("SPECIMEN", "from the variable")

    assert env.text("SPECIMEN") == "from the file"


def test_text_from_missing_file_stops_without_the_path(monkeypatch, tmp_path):
    monkeypatch.setenv("SPECIMEN_FILE", str(tmp_path / "nothing"))

    with pytest.raises(ImproperlyConfigured) as refused:
        env.text("SPECIMEN")

    assert str(refused.value) == "SPECIMEN_FILE cannot be read: No such file or directory."


@pytest.mark.parametrize(
    ("value", "expected"),
    [("yes", True), ("On", True), ("1", True), ("false", False), ("NO", False), ("", True)],
)
def test_flag_reads_the_usual_words(monkeypatch, value, expected):
    monkeypatch.setenv("SPECIMEN", value)

    assert env.flag("SPECIMEN", default=True) is expected


@pytest.mark.parametrize("value", ["maybe", "2", "tru"])
def test_flag_refuses_nonsense_with_a_sentence(monkeypatch, value):
    monkeypatch.setenv("SPECIMEN", value)

    with pytest.raises(ImproperlyConfigured, match=f"^SPECIMEN must be yes or no, not “{value}”.$"):
        env.flag("SPECIMEN", default=False)


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "٣", "0"])
def test_integer_refuses_what_is_no_whole_number_of_the_range(monkeypatch, value):
    monkeypatch.setenv("SPECIMEN", value)

    with pytest.raises(ImproperlyConfigured, match=r"whole number of at least 1"):
        env.integer("SPECIMEN", 5, minimum=1)


@pytest.mark.parametrize(
    "value",
    ["convoca.example", "ftp://convoca.example", "https://", "https://convoca.example/path", "https://a?b=c"],
)
def test_site_url_refuses_what_is_no_plain_address(monkeypatch, value):
    monkeypatch.setenv("SPECIMEN", value)

    with pytest.raises(ImproperlyConfigured, match=r"must look like https://"):
        env.site_url("SPECIMEN")


def test_site_url_loses_its_last_slash(monkeypatch):
    monkeypatch.setenv("SPECIMEN", "https://convoca.example/")

    assert env.site_url("SPECIMEN") == "https://convoca.example"


def test_words_drops_empty_items(monkeypatch):
    monkeypatch.setenv("SPECIMEN", " a, ,b,")

    assert env.words("SPECIMEN") == ["a", "b"]


@pytest.mark.parametrize("value", ["mysql://x/y", "nonsense"])
def test_database_refuses_other_engines(monkeypatch, value):
    monkeypatch.setenv("SPECIMEN", value)

    with pytest.raises(ImproperlyConfigured, match=r"postgres:// or sqlite://"):
        env.database("SPECIMEN", "")


@pytest.mark.parametrize("value", ["http://redis", "localhost:6379"])
def test_redis_refuses_other_schemes(monkeypatch, value):
    monkeypatch.setenv("SPECIMEN", value)

    with pytest.raises(ImproperlyConfigured, match=r"redis://, rediss:// or unix://"):
        env.redis("SPECIMEN", "")


def test_mail_refuses_an_unknown_scheme(monkeypatch):
    monkeypatch.setenv("SPECIMEN", "pigeon://localhost")

    with pytest.raises(ImproperlyConfigured, match=r"smtp://localhost:25"):
        env.mail("SPECIMEN", "")
