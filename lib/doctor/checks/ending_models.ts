/**
 * Entries of the user whose model was shut down, will be soon, or is not listed
 * by its provider.
 *
 * @module
 */

import { type UserModel, userModels } from "../../config/user_models.ts";
import { objectField, textField } from "../../text/fields.ts";
import { quoted, shown } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";
import { codeFor, type End, type EndCode, endOf } from "../model_ends.ts";
import { hintFor } from "../successors.ts";
import { type Upstream, upstreamOf } from "../upstream.ts";

/** At most one finding for each entry: the most urgent. */
export function modelFindings(input: DoctorInput): Found[] {
  const { config, settings: { litellmBases, today } } = input;
  const forAll = objectField(config.merged.value, "litellm_settings");
  // The base of every call that has no other.
  if (textField(forAll, "api_base") !== undefined) return [];
  return userModels(config).flatMap((entry) => {
    const upstream = upstreamOf(entry, litellmBases);
    if (!upstream) return [];
    const end = endOf(upstream, entry, input);
    const code = codeFor(end, today);
    return code === undefined ? [] : [{ code, entry, upstream, end }];
  }).map(({ code, entry, upstream, end }, at) => ({
    code,
    text: whose(entry) + textFor(code, upstream, entry.model, end),
    hint: hintFor({ upstream, model: entry.model, end }, input, at < MAX_HINTS),
    at: { path: [...entry.path, "litellm_params", "model"] },
  }));
}

/** Thousands of models, each compared with hundreds, would take seconds. */
const MAX_HINTS = 50;

/** The name, where it says more than the model. */
function whose({ name, model }: UserModel): string {
  return name === "" || name === model ? "" : `your model ${quoted(name)}: `;
}

function textFor(
  code: EndCode,
  upstream: Upstream,
  model: string,
  { endsOn }: End,
): string {
  if (code === "model-gone" && upstream.kind === "known") {
    const then = endsOn && `; its shutdown was announced for ${endsOn}`;
    const { provider: { title }, id } = upstream;
    return `${title} does not list "${shownId(id)}"${then ?? ""}`;
  }
  const shut = code === "model-ending" ? "will be" : "was";
  const day = endsOn === undefined ? "" : ` on ${endsOn}`;
  const isHearsay = ["unknown", "deployment"].includes(upstream.kind);
  const source = isHearsay ? ", by LiteLLM's own list" : "";
  return `${whatEnds(upstream, model)} ${shut} shut down${day}${source}`;
}

function whatEnds(upstream: Upstream, model: string): string {
  if (upstream.kind === "ended") return upstream.provider.title;
  const whole = `"${shownId(model)}"`;
  return upstream.kind === "deployment" && upstream.model !== model
    ? `"${shownId(upstream.model)}", the base_model of ${whole},`
    : whole;
}

/** A part of an id may look like a key; a whole id has too many parts. */
function shownId(id: string): string {
  return id.split("/").map((part) => shown(part)).join("/");
}
