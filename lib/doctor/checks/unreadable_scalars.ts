/**
 * Keys and values without quotes that YAML 1.1 takes for something else than
 * text, where LiteLLM stops at it: keys and dates in its settings, and signs
 * anywhere. Source: `proxy/proxy_server.py` (`_as_settings_mapping`), measured
 * with 1.108.7; 1.100.0 takes them.
 *
 * @module
 */

import type { IncludedFile } from "../../config/includes.ts";
import { isSince } from "../../litellm/release.ts";
import { field, isJsonObject } from "../../text/fields.ts";
import { shown } from "../../text/key_look.ts";
import { decodeText } from "../../yaml/encoding.ts";
import type { Path } from "../../yaml/positions.ts";
import { mayBeUnreadable } from "../../yaml/scalar_scan.ts";
import type { DoctorInput, Found } from "../input.ts";
import { KIND_NAMES, oddScalars } from "../written_kinds.ts";

const SECTIONS = ["litellm_settings", "router_settings", "general_settings"];

type Input = Pick<DoctorInput, "config" | "lines" | "environment">;
type OddScalar = ReturnType<typeof oddScalars>[number];

/** One finding for each of them. */
export function unreadableScalars(input: Input): Found[] {
  const { config, lines } = input;
  const files = [undefined, ...config.includes.files];
  return files.filter((file) =>
    mayBeUnreadable(decodeText(lines.bytesOf(file)))
  ).flatMap((file) =>
    oddScalars(input, file).flatMap((scalar) => {
      const text = faultOf(input, file, scalar);
      const hint = "put quotes around it";
      const at = { file, line: scalar.line };
      return text ? [{ code: "malformed-settings", text, hint, at }] : [];
    })
  );
}

function faultOf(
  input: Input,
  file: IncludedFile | undefined,
  { path, kind, isKey }: OddScalar,
): string | undefined {
  if (kind === "sign") {
    return isKey ? undefined : "a sign that LiteLLM cannot read without quotes";
  }
  const [section] = path;
  const isRefused = (isKey && path.length > 1 || kind === "date") &&
    path.join(".") !== "general_settings.master_key" &&
    isSince("1.108", input.environment?.release) !== false &&
    typeof section === "string" && counts(input, file, section);
  if (!isRefused) return undefined;
  const name = kind === "empty" ? "null" : KIND_NAMES[kind];
  return isKey
    ? `a key under ${inside(path)} is ${name} where LiteLLM needs text`
    : `${inside([...path, ""])} has ${name}, which LiteLLM refuses`;
}

/** Whether LiteLLM has this section from this file. */
function counts(
  { config: { merged } }: Input,
  file: IncludedFile | undefined,
  section: string,
): boolean {
  return SECTIONS.includes(section) &&
    isJsonObject(field(merged.value, section)) &&
    merged.placeOf([section]).file === file;
}

/** The nearest key around it that has a name. */
function inside(path: Path): string {
  const name = path.slice(0, -1).findLast((step) => typeof step === "string");
  return shown(String(name));
}
