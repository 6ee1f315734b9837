/**
 * Globs on model ids and names: `*` matches any run of characters, `/` included,
 * `?` one character, `[0-9]` one of a set. Case-sensitive.
 *
 * Why not a library: the `*` of the usual ones (`@std/path`, picomatch) stops at
 * a `/`, which most model ids have. Not a RegExp either: V8 refuses one made of
 * a glob of 100,000 characters, with an error that quotes it.
 *
 * @module
 */

/** One step of a glob: a run of anything, or a test of one character. */
type Step = "run" | ((character: string) => boolean);

/** A run has few globs and tries each on every row of a list. */
const compiled = new Map<string, readonly Step[]>();

function stepsOf(glob: string): readonly Step[] {
  const known = compiled.get(glob);
  if (known) return known;
  const steps = compile(glob);
  compiled.set(glob, steps);
  return steps;
}

/** Looks at each character once, however many `[` have no `]`. */
function compile(glob: string): readonly Step[] {
  const steps: Step[] = [];
  const lastClose = glob.lastIndexOf("]");
  let at = 0;
  while (at < glob.length) {
    const end = glob.charAt(at) === "[" && at < lastClose
      ? glob.indexOf("]", at)
      : -1;
    // An empty set is not a set.
    if (end > at + 1) {
      steps.push(oneOf(glob.slice(at + 1, end)));
      at = end + 1;
    } else {
      steps.push(stepOf(glob.charAt(at)));
      at++;
    }
  }
  return steps;
}

function stepOf(part: string): Step {
  if (part === "*") return "run";
  if (part === "?") return () => true;
  return (character) => character === part;
}

function oneOf(set: string): (character: string) => boolean {
  const ranges = set.match(/[^]-[^]|[^]/g) ?? [];
  return (character) =>
    ranges.some((range) =>
      range.charAt(0) <= character &&
      character <= range.charAt(range.length - 1)
    );
}

/** Whether the whole of `text` matches `glob`; never exponential. */
export function matches(glob: string, text: string): boolean {
  const steps = stepsOf(glob);
  let at = 0;
  let afterRun = -1;
  let resume = 0;
  let position = 0;
  while (position < text.length) {
    const step = steps[at];
    if (step === "run") {
      afterRun = ++at;
      resume = position;
    } else if (step?.(text.charAt(position))) {
      at++;
      position++;
    } else if (afterRun >= 0) {
      at = afterRun;
      position = ++resume;
    } else {
      return false;
    }
  }
  return steps.slice(at).every((step) => step === "run");
}

/** Whether any of the globs matches. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => matches(glob, text));
}
