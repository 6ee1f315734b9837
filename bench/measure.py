"""Starts programs one at a time and says what each one cost.

Says its own version first, then reads one JSON object per line on stdin,
{"argv", "env", "cwd", "copy", "stderr"}, and answers with one on stdout. The
operating system's own counts of the child are used (wait4), so nothing has to
be watched while it runs.
Before the clock starts, the files of "copy" ([from, to] pairs) are put in
place, so that every run finds the same folder.
"""

import json
import os
import shutil
import sys
import time

# ru_maxrss is in bytes on macOS and in KiB elsewhere.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def measure(job):
    for source, target in job.get("copy", []):
        shutil.copyfile(source, target)
    os.chdir(job["cwd"])
    stderr = os.open(
        job.get("stderr", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    )
    null = os.open(os.devnull, os.O_RDWR)
    streams = [
        (os.POSIX_SPAWN_DUP2, null, 0),
        (os.POSIX_SPAWN_DUP2, null, 1),
        (os.POSIX_SPAWN_DUP2, stderr, 2),
    ]
    argv = job["argv"]
    started_at = time.time()
    started = time.perf_counter()
    child = os.posix_spawn(argv[0], argv, job["env"], file_actions=streams)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    os.close(stderr)
    os.close(null)
    return {
        "startedAtMs": started_at * 1000,
        "wallMs": wall * 1000,
        "cpuMs": (usage.ru_utime + usage.ru_stime) * 1000,
        "peakMiB": usage.ru_maxrss * RSS_UNIT / 1024 / 1024,
        "exitCode": os.waitstatus_to_exitcode(status),
    }


print(sys.version.split()[0], flush=True)
for line in sys.stdin:
    print(json.dumps(measure(json.loads(line))), flush=True)
