"""Each rule finds what it forbids, and lets through what it allows."""

from pathlib import Path

import pytest

from tests.structure import exceptions, names, shared, sizes, texts, waiting
from tests.structure.project import ROOT, Source, sources


def _source(root: Path, path: str, text: str) -> Source:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    return Source(root, path)


def _catalogue(root: Path, language: str, **entries: str) -> None:
    path = root / texts.FOLDER / language / "calls.toml"
    path.parent.mkdir(parents=True)
    path.write_text("".join(f'{key} = "{text}"\n' for key, text in entries.items()), encoding="utf-8")


def _messages(root: Path, *project: Source) -> list[str]:
    return [breach.message for breach in texts.find_breaches(root, project)]


def test_the_project_has_python_in_all_its_floors() -> None:
    found = {source.path.split("/")[0] for source in sources()}
    assert {"console", "widgets", "models", "resources", "server", "tests"} <= found


@pytest.mark.parametrize(
    ("path", "lines", "broken"),
    [
        ("models/a.py", 300, False),
        ("models/a.py", 301, True),
        ("tests/a.py", 400, False),
        ("tests/a.py", 401, True),
    ],
)
def test_a_file_has_a_longest_length(tmp_path: Path, path: str, lines: int, broken: bool) -> None:
    source = _source(tmp_path, path, "x = 1\n" * lines)
    assert bool(list(sizes.find_breaches(source))) is broken


@pytest.mark.parametrize(("public", "broken"), [(15, False), (16, True)])
def test_a_class_has_a_greatest_number_of_public_methods(tmp_path: Path, public: int, broken: bool) -> None:
    methods = [f"def act_{n}(self): ..." for n in range(public)]
    methods += [f"async def _own_{n}(self): ..." for n in range(20)]
    methods += [f"def test_{n}(self): ..." for n in range(20)]
    source = _source(tmp_path, "models/a.py", "class Call:\n    " + "\n    ".join(methods))
    assert bool(list(sizes.find_breaches(source))) is broken


@pytest.mark.parametrize(
    "name", ["CallManager", "NoteHelper", "TimeUtils", "Utility2Util", "HTTPHandler", "Controller"]
)
def test_a_class_whose_name_says_nothing_is_found(tmp_path: Path, name: str) -> None:
    source = _source(tmp_path, "console/calls/service.py", f"class {name}: ...\n")
    assert [breach.line for breach in names.find_breaches(source)] == [1]


@pytest.mark.parametrize("path", ["console/calls/call_manager.py", "widgets/utils/colour.py"])
def test_a_module_whose_name_says_nothing_is_found(tmp_path: Path, path: str) -> None:
    assert list(names.find_breaches(_source(tmp_path, path, "")))


@pytest.mark.parametrize("name", ["Management", "UtilityBill", "Handled", "CallCard", "Offered"])
def test_a_name_of_the_field_is_let_through(tmp_path: Path, name: str) -> None:
    assert not list(names.find_breaches(_source(tmp_path, "widgets/calls/card.py", f"class {name}: ...\n")))


@pytest.mark.parametrize(
    "statement", ["qtbot.wait(50)", "QTest.qWait(50)", "thread.msleep(5)", "QDateTime.currentDateTime()"]
)
def test_waiting_for_a_time_is_found(tmp_path: Path, statement: str) -> None:
    assert list(waiting.find_breaches(_source(tmp_path, "tests/a.py", statement)))


@pytest.mark.parametrize("statement", ["qtbot.waitUntil(ready)", "event.wait()", "process.wait(10)"])
def test_waiting_for_a_condition_is_let_through(tmp_path: Path, statement: str) -> None:
    assert not list(waiting.find_breaches(_source(tmp_path, "tests/a.py", statement)))


@pytest.mark.parametrize(
    "statement",
    ["CLOCK = ManualClock()", "NEXT = itertools.count()", "SEEN: Any = deque()", "DICE = Random(7)"],
)
def test_what_one_test_could_move_for_the_others_is_found(tmp_path: Path, statement: str) -> None:
    assert list(shared.find_breaches(_source(tmp_path, "tests/a.py", statement)))


@pytest.mark.parametrize(
    "statement",
    ["CLOCK: Clock = ManualClock()", "NOW = ManualClock().now()", "def made():\n    c = ManualClock()"],
)
def test_what_stands_still_for_all_is_let_through(tmp_path: Path, statement: str) -> None:
    assert not list(shared.find_breaches(_source(tmp_path, "tests/a.py", statement)))


def _listed(root: Path, *lines: str) -> None:
    _source(root, exceptions.LISTED, "\n".join(lines))


@pytest.mark.parametrize(
    ("comment", "allowed"),
    [
        ("# noqa: BLE001 - a plug-in may raise anything", True),
        ("# type: ignore[attr-defined]  # the stubs of Qt lack it", True),
        ("# noqa: BLE001", False),
        ("# noqa", False),
        ("# type: ignore", False),
        ("# type: ignore[misc]", False),
        ("# pragma: no cover", False),
    ],
)
def test_silencing_a_tool_needs_one_rule_and_a_reason(tmp_path: Path, comment: str, allowed: bool) -> None:
    _listed(tmp_path)
    source = _source(tmp_path, "models/a.py", f"x = 1  {comment}\n")
    assert (not list(exceptions.find_breaches(tmp_path, [source]))) is allowed


def test_a_sixth_exception_is_too_many_wherever_it_stands(tmp_path: Path) -> None:
    _listed(tmp_path, "# rule path reason", *(f"name models/{n}.py it is called so" for n in range(3)))
    mark = "x = 1  # noqa: BLE001 - a plug-in may raise anything\n"
    five = _source(tmp_path, "models/a.py", mark * 2)
    six = _source(tmp_path, "models/b.py", mark * 3)
    assert not list(exceptions.find_breaches(tmp_path, [five]))
    assert [b.message for b in exceptions.find_breaches(tmp_path, [six])] == [
        "6 exceptions in the project, 5 at most"
    ]


def test_a_listed_exception_gives_its_reason(tmp_path: Path) -> None:
    _listed(tmp_path, "file-length models/a.py")
    assert [breach.line for breach in exceptions.find_breaches(tmp_path, [])] == [1]


def test_a_complete_catalogue_is_let_through(tmp_path: Path) -> None:
    _catalogue(
        tmp_path,
        "zh_CN",
        hold="保持",
        state_held="保持中，{n} 秒",
        menu="打开 https://用户:密码@主机",
        f1="按键",
        key_off="关",
    )
    _catalogue(
        tmp_path, "en", hold="Hold", state_held="on hold for {n} s", menu="Open it", f1="Keys", key_off="Off"
    )
    code = (
        't("calls.hold")',
        'state = State.HELD\nt(f"calls.state_{state}", n=3)',
        'KEYS = ("calls.menu",)',
        'code = f"key_{state}" if state == "off" else ""',
        't(f"calls.{key}" if key == "f1" else "calls.hold")',
    )
    source = _source(tmp_path, "widgets/a.py", "\n".join(code))
    assert _messages(tmp_path, source) == []


@pytest.mark.parametrize(
    ("code", "chinese", "english", "message"),
    [
        ("", {"hold": "保持"}, {"hold": "Hold"}, "hold: nothing uses it"),
        ('t(f"calls.{key}")', {"hold": "保持"}, {"hold": "Hold"}, "hold: nothing uses it"),
        ('t(f"calls.is_{key}")', {"hold": "保持"}, {"hold": "Hold"}, "hold: nothing uses it"),
        ('t(f"calls.{key}_x")', {"hold": "保持"}, {"hold": "Hold"}, r"no text for calls\.(\w+)_x"),
        ('problems.arise("away")', {}, {}, "no text for problems.away_do"),
        ('t("calls.hold")', {"hold": "保持"}, {}, "hold: missing, though zh_CN has it"),
        ('t("calls.hold")', {}, {"hold": "Hold"}, "no text for calls.hold"),
        ('t("calls.a" if on else "calls.b")', {"a": "甲"}, {"a": "A"}, "no text for calls.b"),
        ('t("calls.n")', {"n": "{n} 通"}, {"n": "{count} calls"}, "n: has other placeholders than zh_CN"),
        ('t("calls.n")', {"n": "请稍候,马上"}, {"n": "Wait"}, "n: half-width punctuation in '请稍候,马上'"),
        ('t("calls.n")', {"n": "已挂断."}, {"n": "Ended"}, "n: half-width punctuation in '已挂断.'"),
        ('t("calls.n")', {"n": "打印⋯"}, {"n": "Print…"}, "n: another ellipsis in '打印⋯'"),
        ('t("calls.n")', {"n": "核对……"}, {"n": "Checking…"}, "n: another ellipsis in '核对……'"),
        ('t("calls.n")', {"n": "存为 PDF…"}, {"n": "To PDF…"}, "n: another ellipsis in '存为 PDF…'"),
        ('t("calls.n")', {"n": "打印…"}, {"n": "Print …"}, "n: another ellipsis in 'Print …'"),
        ('label("保持")', {}, {}, "'保持' belongs in the catalogue"),
    ],
)
def test_a_gap_in_the_catalogue_is_found(
    tmp_path: Path, code: str, chinese: dict[str, str], english: dict[str, str], message: str
) -> None:
    _catalogue(tmp_path, "zh_CN", **chinese)
    _catalogue(tmp_path, "en", **english)
    assert message in _messages(tmp_path, _source(tmp_path, "widgets/a.py", code))


def test_chinese_in_documentation_is_no_text_of_the_program(tmp_path: Path) -> None:
    _catalogue(tmp_path, "zh_CN")
    _catalogue(tmp_path, "en")
    source = _source(tmp_path, "models/a.py", '"""心桥."""\ndef rate():\n    """Rate 紧急."""\n')
    assert _messages(tmp_path, source) == []


def test_every_listed_exception_is_still_needed() -> None:
    project = list(sources())
    broken = {
        (b.rule, b.path)
        for s in project
        for rule in (sizes, names, waiting, shared)
        for b in rule.find_breaches(s)
    }
    assert exceptions.read_listed(ROOT).keys() <= broken
