/**
 * Reads Compose files as `docker compose` does, as far as the examples need it:
 * several files in one, `extends`, variables, `.env`, and which service waits
 * for which. What it does not know it refuses, rather than guess.
 *
 * @module
 */

// @ts-types="../../lib/types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import {
  field,
  isJsonObject,
  type JsonObject,
  objectField,
  textField,
} from "../../lib/text/fields.ts";

/** The services of a project, by their names. */
export type Services = Readonly<Record<string, JsonObject>>;

/**
 * Reads the files `names` of `folder`, each one over those before it, with the
 * variables in `env`.
 */
export async function readServices(
  folder: string,
  names: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Services> {
  let all: JsonObject = {};
  for (const name of names) {
    const own = await readFile(`${folder}/${name}`);
    const services: Record<string, unknown> = {};
    for (const [service, settings] of Object.entries(own)) {
      services[service] = await extend(folder, settings);
    }
    all = merge(all, services);
  }
  return mapOfObjects(interpolate(all, env));
}

async function readFile(path: string): Promise<Services> {
  const file = parse(await Deno.readTextFile(path));
  return mapOfObjects(isJsonObject(file) ? field(file, "services") : undefined);
}

function mapOfObjects(value: unknown): Services {
  const rows = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(rows.map(([name, row]) => {
    if (!isJsonObject(row)) throw new Error(`service "${name}": no mapping`);
    return [name, row];
  }));
}

/** https://docs.docker.com/reference/compose-file/services/#extends */
async function extend(
  folder: string,
  { extends: base, ...own }: JsonObject,
): Promise<JsonObject> {
  if (base === undefined) return own;
  const source = isJsonObject(base) ? base : {};
  const file = await readFile(`${folder}/${textField(source, "file")}`);
  return merge(objectField(file, textField(source, "service") ?? ""), own);
}

/** Lists that are replaced as a whole; all others would be joined. */
const REPLACED: ReadonlySet<string> = new Set(["command", "entrypoint"]);

/** https://docs.docker.com/reference/compose-file/merge/ */
function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const before = merged[name];
    if (Array.isArray(before) && !REPLACED.has(name)) {
      throw new Error(`cannot join the lists "${name}" of two files`);
    }
    merged[name] = isJsonObject(before) && isJsonObject(value)
      ? merge(before, value)
      : value;
  }
  return merged;
}

function interpolate(
  value: unknown,
  env: Readonly<Record<string, string>>,
): unknown {
  if (typeof value === "string") return interpolateText(value, env);
  if (Array.isArray(value)) return value.map((item) => interpolate(item, env));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, interpolate(item, env)]),
  );
}

/** https://docs.docker.com/reference/compose-file/interpolation/ */
function interpolateText(
  text: string,
  env: Readonly<Record<string, string>>,
): string {
  return text.replace(
    /\$(?:(\$)|\{(\w+):([-?])([^{}]*)\}|.?)/g,
    (found, dollar, name, sign, rest) => {
      if (dollar !== undefined) return "$";
      if (name === undefined) {
        throw new Error(`unexpected "${found}" in ${text}`);
      }
      const value = env[name] ?? "";
      if (value !== "") return value;
      if (sign === "?") throw new Error(`${name} is missing a value: ${rest}`);
      return rest;
    },
  );
}

/** The variables that an `.env` of plain lines assigns, which need no quotes. */
export function readPlainEnv(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => /^[^#]/.test(line));
  return Object.fromEntries(lines.map((line) => {
    const [, name, value] = /^(\w+)=([\w./:@-]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new Error(`not a plain line: ${line}`);
    }
    return [name, value];
  }));
}

/**
 * The service `name` and all that it waits for, those first. What has no end
 * has to be healthy; where only the start is waited for, there is no order.
 */
export function startOrder(services: Services, name: string): string[] {
  const needed = Object.entries(conditions(services, name));
  const before = needed.flatMap(([other, wait]) => {
    const condition = textField(wait, "condition") ?? "";
    const hasEnd = textField(objectField(services, other), "restart") ===
      undefined;
    const enough = hasEnd
      ? "service_completed_successfully"
      : "service_healthy";
    if (condition !== enough) {
      throw new Error(`"${name}" waits for "${condition}" of "${other}"`);
    }
    return startOrder(services, other);
  });
  return [...new Set([...before, name])];
}

/** On what of which other service a service waits. */
export function conditions(
  services: Services,
  name: string,
): Record<string, JsonObject> {
  return mapOfObjects(field(objectField(services, name), "depends_on"));
}
