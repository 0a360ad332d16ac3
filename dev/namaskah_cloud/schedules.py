"""EventBridge Scheduler on time: MiniStack looks every ten seconds, and only tests know when a moved clock has come.

Schedules go by the real clock. A test that moves the functions' clock fires what it waits for by `fire`.
"""

import threading
from typing import Any

from ministack.services import scheduler

Schedule = dict[str, Any]

_SECONDS_BETWEEN_LOOKS = 0.5
_LONG_AGO = "at(2000-01-01T00:00:00)"

_tick_lock = threading.Lock()
_tick = scheduler._tick_schedules


def close_gaps() -> None:
    """Look often, and never from two threads at once: a schedule that both see would fire twice."""
    scheduler._SCHEDULE_TICK_INTERVAL = _SECONDS_BETWEEN_LOOKS

    def tick_alone() -> None:
        with _tick_lock:
            _tick()

    scheduler._tick_schedules = tick_alone


def fire(group: str) -> int:
    """Fire every enabled schedule of a group now, once; returns how many. One-time schedules that are done stay done."""
    with _tick_lock:
        waiting = {key: one for key, one in scheduler._schedules._data.items() if _waits(key, one, group)}
        expressions = {key: one["ScheduleExpression"] for key, one in waiting.items()}
        for key, schedule in waiting.items():
            if _is_one_time(schedule):
                schedule["ScheduleExpression"] = _LONG_AGO
            else:
                scheduler._schedule_last_fired[key] = 0
        try:
            _tick()
        finally:
            for key, schedule in waiting.items():
                schedule["ScheduleExpression"] = expressions[key]
    return len(waiting)


def _waits(key: Any, schedule: Schedule, group: str) -> bool:
    done = _is_one_time(schedule) and key in scheduler._schedule_last_fired
    return schedule.get("GroupName") == group and schedule.get("State") == "ENABLED" and not done


def _is_one_time(schedule: Schedule) -> bool:
    return scheduler._at_time_epoch(schedule.get("ScheduleExpression", "")) is not None
