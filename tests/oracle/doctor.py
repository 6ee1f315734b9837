"""Judges what the doctor found: LiteLLM itself loads each config.

usage: doctor.py FOLDER   (written by write_doctor.ts)

What LiteLLM refuses must have a finding of the weight "will not start", and
nothing else may have one. Whether a key stands twice, a section is lost to an
include, or an alias resolves to nothing is judged as well.
"""

import asyncio
import collections
import contextlib
import io
import json
import logging
import os
import pathlib
import sys

BEFORE = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
BEFORE["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
BEFORE["LITELLM_MODE"] = "PRODUCTION"  # reads no .env
os.environ.clear()
os.environ.update(BEFORE)

import litellm  # noqa: E402
import yaml  # noqa: E402
from litellm.proxy import proxy_server  # noqa: E402
from litellm.proxy.auth import master_key_boot_check as boot  # noqa: E402
from litellm.router_utils.common_utils import resolve_model_group_alias  # noqa: E402
from litellm.secret_managers.main import get_secret_bool, get_secret_str  # noqa: E402

FALLBACKS = (
    "fallbacks",
    "context_window_fallbacks",
    "content_policy_fallbacks",
    "default_fallbacks",
)
# All that is judged in a real config: the rest may need services or licenses.
JUDGED = {
    "litellm_settings": FALLBACKS,
    "router_settings": FALLBACKS + ("model_group_alias", "health_check_interval", "routing_strategy"),
    "general_settings": ("master_key", boot.WEAK_OR_UNSET_MASTER_KEY_OVERRIDE_SETTING),
}
MODULE = {name: getattr(litellm, name) for name in FALLBACKS + ("drop_params",)}


class Refused(Exception):
    pass


def start(path):
    """Does what LiteLLM does with its config when it starts."""
    proxy_server.general_settings = {}
    proxy_server.master_key = get_secret_str("LITELLM_MASTER_KEY")
    load = proxy_server.ProxyConfig().load_config(router=None, config_file_path=str(path))
    router, _, general = asyncio.run(load)
    router.get_model_names()
    verdict = boot.master_key_boot_verdict(
        master_key=proxy_server.master_key,
        environment_master_key=os.getenv(boot.MASTER_KEY_ENV_VAR),
        general_settings=general,
        config_file_path=str(path),
        override_env_is_on=get_secret_bool(boot.WEAK_OR_UNSET_MASTER_KEY_OVERRIDE_ENV_VAR) is True,
        salt_key_is_set=False,
        database_is_configured=False,
    )
    if isinstance(verdict, boot.UnsafeMasterKeyRefused):
        raise Refused(verdict.reason.value)
    return router


def judged_parts(path):
    """A real config without what only its owner's machine could load."""
    config = asyncio.run(proxy_server.ProxyConfig()._get_config_from_file(str(path)))
    for section, names in JUDGED.items():
        if isinstance(config.get(section), dict):
            config[section] = {k: v for k, v in config[section].items() if k in names}
    kept = {k: v for k, v in config.items() if k in JUDGED or k in ("model_list", "environment_variables")}
    parts = path.with_name("judged.yaml")
    parts.write_text(yaml.safe_dump(kept))
    return parts


def attempt(path, is_real, variables):
    """The router, and why there is none."""
    os.environ.update(variables)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return start(judged_parts(path) if is_real else path), None
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    finally:
        os.environ.clear()
        os.environ.update(BEFORE)
        for name, value in MODULE.items():
            setattr(litellm, name, value)


def repeats(node):
    """Whether a mapping in it has a key twice, with different values."""
    if isinstance(node, yaml.SequenceNode):
        return any(repeats(item) for item in node.value)
    if not isinstance(node, yaml.MappingNode):
        return False
    keys = collections.defaultdict(list)
    for key, value in node.value:
        keys[str(key.value)].append(yaml.serialize(value))
    several = any(len(set(values)) > 1 for values in keys.values())
    return several or any(repeats(value) for _, value in node.value)


def lost_sections(files, merged):
    """Sections with keys that LiteLLM no longer has after all includes."""
    for config in files:
        for name, section in config.items():
            now = merged.get(name)
            if name == "include" or isinstance(section, list) and isinstance(now, list):
                continue
            if not isinstance(section, dict) or not isinstance(now, dict):
                if section and section != now:
                    yield name
                continue
            if any(value is not None and key not in now for key, value in section.items()):
                yield name


def faults(tree, found):
    path = tree / "config.yaml"
    router, refusal = attempt(path, found["isReal"], found["variables"])
    named = bool(found["willNotStart"])
    if not found["isUnread"] and (refusal is not None) != named:
        yield f"LiteLLM says {refusal!r}, the doctor {found['willNotStart']}"
    if found["isUnread"] or "broken-include" in found["willNotStart"]:
        return
    texts = [(tree / name).read_text() for name in found["files"]]
    # No value can be made of these.
    if "not-yaml" in found["willNotStart"] or (refusal or "").startswith("ConstructorError"):
        return
    if any(repeats(yaml.compose(text)) for text in texts) != found["isRepeated"]:
        yield "keys that stand twice are judged otherwise"
    merged = asyncio.run(proxy_server.ProxyConfig()._get_config_from_file(str(path)))
    files = [yaml.safe_load(text) or {} for text in texts]
    if any(lost_sections(files, merged)) != found["isReplaced"]:
        yield "sections that an include replaces are judged otherwise"
    if router is not None:
        aliases = router.model_group_alias
        dead = sum(resolve_model_group_alias(aliases, alias) is None for alias in aliases)
        if dead != found["deadAliases"]:
            yield f"{dead} aliases resolve to nothing, the doctor names {found['deadAliases']}"


def main():
    logging.disable(logging.CRITICAL)
    failed = collections.Counter()
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*/found.json")):
        found = json.loads(path.read_text())
        failed["files"] += 1
        failed["refused" if found["willNotStart"] else "unread" if found["isUnread"] else "taken"] += 1
        for fault in faults(path.parent, found):
            failed["failed"] += 1
            print(f"{path.parent.name}: {fault}")
    print("doctor: " + ", ".join(f"{count} {what}" for what, count in failed.items()))
    # Configs that are all refused, or none, would prove little.
    return 1 if failed["failed"] or min(failed["refused"], failed["taken"]) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
