"""A workstation with many notes: invented sentences of practice, with common words and rare ones."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from console.storage.indexing import enqueue_all, index_some
from console.storage.records import Stored, row_of
from console.storage.tables import record, record_feed
from models.calls.call import Call
from models.clock import SystemClock
from models.codec import Document, to_document
from models.notes.note import LogLine, Note, NoteBody, NoteState
from models.sync.record import Versioned

NOTES = 100_000
RARE, OLDEST = "罕", "最早那条独有的话"
_BATCH = 1_000
_FEED = "op:zhang"
_WORDS = re.findall(
    r"\S+",
    "来电者 练习 失业 失眠 父亲 母亲 孩子 学校 老师 同事 网贷 到期 债务 "
    "还不上 想离开 自杀 自伤 服药 酒后 桥边 宿舍 家里 一个人 朋友 丈夫 妻子 "
    "离婚 争吵 分手 考试 高考 复读 压力 焦虑 抑郁 诊断 住院 停药 复查 医生 "
    "门诊 睡不着 吃不下 哭泣 沉默 愿意 不愿意 继续 通话 约定 安全 计划 联系 "
    "家属 报警 社区 回访 明天 今晚 凌晨 下午 三个月 两年 一周 情绪 平稳 激动 "
    "绝望 孤独 自责 内疚 愤怒 害怕 羞耻 希望 支持 倾听 确认 地点 危险 药物 "
    "手段",
)
_COMMON = "的了是在说不我他她和有也就都很想到没会要"


def fill(connection: Connection, author: str) -> None:
    """Calls and notes of five years, in the index too; the oldest note alone holds `OLDEST`."""
    clock, chance = SystemClock(), Random(12356)
    now = clock.now()
    rows: list[dict[str, Any]] = []
    for n in range(NOTES):
        for kind, entity, document in _records(n, now, author, chance):
            rows.append(row_of(_stored((kind, entity), document)))
        if len(rows) >= 2 * _BATCH:
            _take(connection, rows)
    _take(connection, rows)
    enqueue_all(connection)
    before = clock.monotonic()
    while connection.exec_driver_sql("SELECT 1 FROM search_pending LIMIT 1").scalar():
        index_some(connection, _BATCH)
    taken = clock.monotonic() - before
    sys.stderr.write(f"{2 * NOTES} records into the index in {taken:.0f} s\n")


def _take(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(record), rows)
        feeds = [{"feed": _FEED, "type": row["type"], "id": row["id"], "ver": 1} for row in rows]
        connection.execute(insert(record_feed), feeds)
        rows.clear()


def _stored(key: tuple[str, str], document: Document) -> Stored:
    state = Versioned(document, 1)
    return Stored(key, state, state, covered=True)


def _records(n: int, now: datetime, author: str, chance: Random) -> Iterator[tuple[str, str, Document]]:
    at = now - timedelta(minutes=26 * n)
    call = Call(
        f"{n:032x}",
        "beijing",
        f"138{n:08d}",
        "12356",
        entered_at=at,
        seat="1001",
        answered_at=at,
        ended_at=at,
    )
    values: dict[str, str | int | tuple[str, ...]] = {
        "place": chance.choice(("晋中市榆次区", "北京市朝阳区", "上海", "不详")),
        "problem_main": f"P{chance.randrange(20)}",
        "complaint": sentence(chance, 40) + (OLDEST if n == NOTES - 1 else ""),
        "summary": sentence(chance, 25) + (RARE if n % 9_000 == 8_999 else ""),
    }
    log = tuple(LogLine(f"{n}-{line}", at, sentence(chance, 8)) for line in range(3))
    body = NoteBody(f"C{chance.randrange(1, 7)}", values, log)
    note = Note(f"{n + NOTES:032x}", call.id, author, "beijing", "full", 1, at, body, NoteState.FINISHED)
    yield "call", call.id, to_document(call)
    yield "note", note.id, to_document(note)


def sentence(chance: Random, words: int) -> str:
    """Words, the first ones of the list more often, with the commonest signs and stops between them."""
    said = []
    for _ in range(words):
        said.append(_WORDS[min(int(chance.expovariate(1 / 20)), len(_WORDS) - 1)])
        said.append(chance.choice(_COMMON) if chance.random() < 0.6 else chance.choice(("，", "。", "")))
    return "".join(said)
