/**
 * The grammar of the markers: no pair, or exactly one. Everything else is
 * refused, with its line.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { BEGIN_MARKER, END_MARKER } from "./markers.ts";
import type { PairPlace } from "./mend_markers.ts";
import type { MarkerLine } from "./outline.ts";
import { counted } from "../text/plural.ts";

/** The two lines around the block. */
export interface MarkerPair {
  readonly begin: MarkerLine;
  readonly end: MarkerLine;
}

const KEEP_ONE_PAIR =
  "keep one begin and one end marker with the block between them, or delete " +
  "all marker lines and everything between them";

/** How many markers a message lists; a file may hold thousands. */
const MAX_NAMED = 4;

/**
 * The only pair of a file that has markers. Throws `ConfigError` for anything
 * else; `findPlace` tells where the pair of a lone marker belongs.
 */
export function findMarkerPair(
  markers: readonly MarkerLine[],
  findPlace: () => PairPlace | undefined,
): MarkerPair {
  for (const marker of markers) refuseOddMarker(marker);
  const [first, second] = markers;
  const order = markers.map(({ kind }) => kind).join(" ");
  if (first && second && order === "begin end") {
    return { begin: first, end: second };
  }
  if (!first) throw new Error("no markers");
  switch (order) {
    case "begin":
      throw markerError(
        "begin marker without an end marker",
        first,
        missingHint("end", findPlace()),
      );
    case "end":
      throw markerError(
        "end marker without a begin marker",
        first,
        missingHint("begin", findPlace()),
      );
    case "end begin":
      throw markerError(
        "end marker before the begin marker",
        first,
        "swap the two marker lines",
      );
  }
  const found = markers.slice(0, MAX_NAMED)
    .map(({ kind, line }) => `${kind} on line ${line}`).join(", ");
  const more = markers.length > MAX_NAMED ? ", ..." : "";
  const surplus = markers.find(({ kind }, at) => kind !== ["begin", "end"][at]);
  throw markerError(
    `expected a single pair of markers, found: ${found}${more}`,
    surplus ?? first,
    KEEP_ONE_PAIR,
  );
}

function missingHint(
  which: "begin" | "end",
  place: PairPlace | undefined,
): string {
  const marker = which === "begin" ? BEGIN_MARKER : END_MARKER;
  const add = `add \`${marker}\``;
  if (!place) {
    const where = which === "begin" ? "above" : "below";
    return `${add} ${where} the block, or delete this line and the block's ` +
      "entries";
  }
  const where = which === "begin"
    ? `above line ${place.firstLine}`
    : `after line ${place.lastLine}`;
  return `${add} ${where}, indented by ${counted(place.indent, "space")}`;
}

function refuseOddMarker(marker: MarkerLine): void {
  if (marker.kind === "odd") {
    throw markerError(
      "marker line with extra or changed text",
      marker,
      `change it to \`${BEGIN_MARKER}\` or \`${END_MARKER}\`, or delete it`,
    );
  }
  if (marker.inFlow) {
    throw markerError(
      "marker inside brackets",
      marker,
      "move it out of the [...] or {...} around it",
    );
  }
  if (!marker.isWholeLine) {
    throw markerError(
      "marker after other text",
      marker,
      "put the marker on its own line, or delete it",
    );
  }
}

function markerError(
  message: string,
  { line }: MarkerLine,
  hint: string,
): ConfigError {
  return new ConfigError(message, { line, hint });
}
