/**
 * Where the time of one run goes: each timed stage notes when it was at work.
 * Imported first, so that its own first line is the program's first line.
 *
 * @module
 */

/** One stage at work; milliseconds since 1970. */
export interface Interval {
  readonly stage: string;
  readonly startMs: number;
  readonly endMs: number;
}

const intervals: Interval[] = [];
const firstLineMs = nowMs();

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs `work` and notes how long it took. */
export function timed<T>(stage: string, work: () => T): T {
  const startMs = nowMs();
  try {
    return work();
  } finally {
    intervals.push({ stage, startMs, endMs: nowMs() });
  }
}

/** The same for work that takes its time. */
export async function timedAsync<T>(
  stage: string,
  work: () => Promise<T>,
): Promise<T> {
  const startMs = nowMs();
  try {
    return await work();
  } finally {
    intervals.push({ stage, startMs, endMs: nowMs() });
  }
}

/** Notes `stage` from the end of the last `earlier` stage until now. */
export function noteSince(earlier: string, stage: string): void {
  const last = intervals.findLast((one) => one.stage === earlier);
  if (last) intervals.push({ stage, startMs: last.endMs, endMs: nowMs() });
}

/** Writes the notes as the last line of stderr, for the bench to read. */
export function tellMarks(): void {
  const text = JSON.stringify({ firstLineMs, intervals });
  Deno.stderr.writeSync(new TextEncoder().encode(`\n${text}\n`));
}
