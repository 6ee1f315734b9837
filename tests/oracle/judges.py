"""Runs the judges that ask LiteLLM, each in a fork of its own.

usage: judges.py FOLDER   (with what write_NAME.ts wrote for each in FOLDER/NAME)

The import of LiteLLM takes most of the time that a judge alone would need.
"""

import os
import pathlib
import runpy
import sys
import traceback

BEFORE = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
BEFORE["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
BEFORE["LITELLM_MODE"] = "PRODUCTION"  # reads no .env
os.environ.clear()
os.environ.update(BEFORE)

import litellm.proxy.proxy_server  # noqa: E402, F401

JUDGES = ("wildcards", "includes", "doctor", "upstreams", "names")


def main():
    folder = pathlib.Path(sys.argv[1])
    for name in JUDGES:
        child = os.fork()
        if child == 0:
            code = judge(name, folder / name)
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        if status != 0:
            sys.exit(f"{name}: status {status}")


def judge(name, judged):
    script = pathlib.Path(__file__).with_name(f"{name}.py")
    sys.argv = [str(script), str(judged)]
    try:
        runpy.run_path(str(script), run_name="__main__")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main()
