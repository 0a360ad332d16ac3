"""EventBridge Scheduler: schedules fire on time, or when a test requests it. MiniStack checks them every ten seconds.

Schedules follow the real clock. A test that moves the functions' clock fires schedules with `fire`.
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
    """Check often, and never from two threads at once, so that a schedule does not fire twice."""
    scheduler._SCHEDULE_TICK_INTERVAL = _SECONDS_BETWEEN_LOOKS

    def tick_alone() -> None:
        with _tick_lock:
            _tick()

    scheduler._tick_schedules = tick_alone


def fire(group: str) -> int:
    """Fire each enabled schedule of a group once, except one-time schedules that have fired; returns how many."""
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
