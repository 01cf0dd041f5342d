"""Rooms in Redis or Valkey: for several copies of the server behind one address.

Each room is a few keys that end together; what must not be torn apart is a script of the server's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from attention.classroom.store import (
    LIFETIME,
    MOST_FILES,
    MOST_ROOMS,
    MOST_STUDENTS,
    Kept,
    StoreUnavailable,
    room_full,
    too_many_rooms,
)

ROOMS = "attention:classes"  # all codes, by the second in which they end
PATIENCE = 5.0  # seconds

# KEYS: the room, its students, their answers, how many gave each, its files, and all rooms.
# ARGV: milliseconds to live, the code, and what the script needs.
BEGIN = """
local life = tonumber(ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function live()
  for i = 1, 5 do redis.call('PEXPIRE', KEYS[i], life) end
  redis.call('ZADD', KEYS[6], now + life, ARGV[2])
end
"""
SCRIPTS = {
    "open": """
redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', now)
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
if redis.call('ZCARD', KEYS[6]) >= tonumber(ARGV[5]) then return -1 end
redis.call('HSET', KEYS[1], 'version', 1, 'document', ARGV[3], 'asking', ARGV[4])
live()
return 1
""",
    "write": """
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[5] then return 0 end
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[1], 'document', ARGV[3], 'asking', ARGV[4])
live()
return 1
""",
    "join": """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('SISMEMBER', KEYS[2], ARGV[3]) == 1 then return 1 end
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[4]) then return -1 end
redis.call('SADD', KEYS[2], ARGV[3])
live()
return 1
""",
    "answer": """
if redis.call('HGET', KEYS[1], 'asking') ~= ARGV[3] then return 0 end
if redis.call('SISMEMBER', KEYS[2], ARGV[4]) == 0 then return 0 end
local field = ARGV[3] .. ' ' .. ARGV[4]
local before = redis.call('HGET', KEYS[3], field)
local number = tonumber(ARGV[6])
if before and tonumber(string.match(before, ' (%d+)$')) >= number then return 1 end
if before then
  redis.call('HINCRBY', KEYS[4], ARGV[3] .. ' ' .. string.match(before, '^%d+'), -1)
end
redis.call('HSET', KEYS[3], field, ARGV[5] .. ' ' .. ARGV[6])
redis.call('HINCRBY', KEYS[4], ARGV[3] .. ' ' .. ARGV[5], 1)
live()
return 1
""",
    "keep_file": """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('HEXISTS', KEYS[5], ARGV[3]) == 1 then return 1 end
if redis.call('HLEN', KEYS[5]) >= tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[5], ARGV[3], ARGV[4])
live()
return 1
""",
    "touch": """
if redis.call('EXISTS', KEYS[1]) == 1 then live() end
return 1
""",
    "close": """
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('ZREM', KEYS[6], ARGV[2])
return 1
""",
}


class RedisStore:
    """Rooms in a Redis or Valkey server.

    Args:
        url: such as `redis://localhost:6379/0`.
        lifetime: seconds after a room's last sign of life.
    """

    def __init__(self, url: str, lifetime: float = LIFETIME) -> None:
        import redis

        self._lifetime = round(lifetime * 1000)
        self._failed = redis.RedisError
        with self._reached():
            # Any: redis-py says of each answer that it may have to be awaited.
            self._redis: Any = redis.Redis.from_url(
                url,
                decode_responses=True,
                socket_timeout=PATIENCE,
                socket_connect_timeout=PATIENCE,
                health_check_interval=30,
            )
        self._scripts: dict[str, Callable[..., Any]] = {
            name: self._redis.register_script(BEGIN + body) for name, body in SCRIPTS.items()
        }

    def open(self, code: str, document: str, asking: int) -> bool:
        """See Store."""
        done = self._run("open", code, document, asking, MOST_ROOMS)
        if done < 0:
            raise too_many_rooms()
        return done == 1

    def read(self, code: str) -> Kept | None:
        """See Store."""
        with self._reached():
            version, document = self._redis.hmget(_keys(code)[0], "version", "document")
        return None if version is None else Kept(int(version), document)

    def write(self, code: str, version: int, document: str, asking: int) -> bool:
        """See Store."""
        return self._run("write", code, document, asking, version) == 1

    def join(self, code: str, student: str) -> bool:
        """See Store."""
        done = self._run("join", code, student, MOST_STUDENTS)
        if done < 0:
            raise room_full()
        return done == 1

    def joined(self, code: str) -> int:
        """See Store."""
        with self._reached():
            return int(self._redis.scard(_keys(code)[1]))

    def answer(self, code: str, ask: int, student: str, answer: int, number: int) -> bool:
        """See Store."""
        return self._run("answer", code, ask, student, answer, number) == 1

    def answer_of(self, code: str, ask: int, student: str) -> tuple[int, int] | None:
        """See Store."""
        with self._reached():
            found = self._redis.hget(_keys(code)[2], f"{ask} {student}")
        if found is None:
            return None
        answer, number = found.split()
        return int(answer), int(number)

    def counts(self, code: str, ask: int) -> dict[int, int]:
        """See Store."""
        with self._reached():
            found = self._redis.hgetall(_keys(code)[3])
        counted = [(*map(int, field.split()), int(count)) for field, count in found.items()]
        return {answer: count for asked, answer, count in sorted(counted) if asked == ask and count}

    def keep_file(self, code: str, name: str, source: str) -> bool:
        """See Store."""
        return self._run("keep_file", code, name, source, MOST_FILES) == 1

    def file(self, code: str, name: str) -> str | None:
        """See Store."""
        with self._reached():
            return self._redis.hget(_keys(code)[4], name)

    def touch(self, code: str) -> None:
        """See Store."""
        self._run("touch", code)

    def close(self, code: str) -> None:
        """See Store."""
        self._run("close", code)

    def _run(self, name: str, code: str, *values: Any) -> int:
        with self._reached():
            args = [self._lifetime, code, *values]
            return int(self._scripts[name](keys=_keys(code), args=args))

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (self._failed, ValueError) as error:
            raise StoreUnavailable(str(error)) from error


def _keys(code: str) -> list[str]:
    room = f"attention:class:{code}"
    return [room, f"{room}:students", f"{room}:answers", f"{room}:counts", f"{room}:files", ROOMS]
