/**
 * The grammar of the markers: no pair, or exactly one. Everything else is a
 * fault with a name of its own and the line to look at.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { BEGIN_MARKER, END_MARKER } from "./markers.ts";
import type { MarkerLine } from "./marker_lines.ts";

/** The two lines around the block. */
export interface MarkerPair {
  readonly begin: MarkerLine;
  readonly end: MarkerLine;
}

const KEEP_ONE_PAIR =
  "keep one begin marker and one end marker with the block between them, or " +
  "delete all marker lines and what is between them";

/** The file's only pair, or nothing. Throws `ConfigError` for all between. */
export function findMarkerPair(
  markers: readonly MarkerLine[],
): MarkerPair | undefined {
  for (const marker of markers) refuseOddMarker(marker);
  const [first, second, third] = markers;
  if (!first) return undefined;
  const begins = markers.filter(({ kind }) => kind === "begin");
  const ends = markers.filter(({ kind }) => kind === "end");
  if (ends.length === 0 && begins.length === 1) {
    throw fault("begin marker without an end marker", first, missing("end"));
  }
  if (begins.length === 0 && ends.length === 1) {
    throw fault("end marker without a begin marker", first, missing("begin"));
  }
  if (first.kind === "end" && begins.length === 1 && ends.length === 1) {
    throw fault("end marker in front of the begin marker", first, SWAP);
  }
  if (!second || third) throw manyMarkersFault(markers);
  if (first.kind === second.kind) throw manyMarkersFault(markers);
  return { begin: first, end: second };
}

const SWAP = "exchange the two marker lines";

function missing(which: "begin" | "end"): string {
  const line = which === "begin" ? BEGIN_MARKER : END_MARKER;
  const where = which === "begin" ? "above" : "below";
  return `write \`${line}\` ${where} the block, or delete this line and the ` +
    "block's entries";
}

/** More than one marker of a kind: says what the first superfluous one is. */
function manyMarkersFault(markers: readonly MarkerLine[]): ConfigError {
  let open: MarkerLine | undefined;
  let closed: MarkerLine | undefined;
  for (const [at, marker] of markers.entries()) {
    if (marker.kind === "begin") {
      if (open) {
        const later = markers.slice(at).filter(({ kind }) => kind === "end");
        const what = later.length > 1
          ? "block inside a block: another begin marker is open since"
          : "repeated begin marker: there is one already on";
        return fault(`${what} line ${open.line}`, marker, KEEP_ONE_PAIR);
      }
      if (closed) {
        const what = `second block: the first one ends on line ${closed.line}`;
        return fault(what, marker, KEEP_ONE_PAIR);
      }
      open = marker;
    } else if (open) {
      closed = marker;
      open = undefined;
    } else {
      const what = closed
        ? `repeated end marker: there is one already on line ${closed.line}`
        : "end marker without a begin marker";
      return fault(what, marker, KEEP_ONE_PAIR);
    }
  }
  return fault("repeated marker", markers.at(-1), KEEP_ONE_PAIR);
}

function refuseOddMarker(marker: MarkerLine): void {
  if (marker.kind === "odd") {
    throw fault(
      "marker line with extra or changed text",
      marker,
      `make it exactly \`${BEGIN_MARKER}\` or \`${END_MARKER}\`, or delete it`,
    );
  }
  if (marker.inFlow) {
    throw fault(
      "marker inside brackets",
      marker,
      "move it out of the [...] or {...} around it",
    );
  }
  if (!marker.wholeLine) {
    throw fault(
      "marker behind other text",
      marker,
      "a marker needs a line of its own: move it to the next line, or delete it",
    );
  }
}

function fault(
  message: string,
  marker: MarkerLine | undefined,
  hint: string,
): ConfigError {
  return new ConfigError(message, {
    hint,
    ...(marker && { line: marker.line }),
  });
}
