/**
 * What a file of environment variables comes to once it is read, whichever
 * language it is written in: the last word on each name.
 *
 * @module
 */

/** A variable and the literal value that a file gives it. */
export interface Assignment {
  readonly name: string;
  /** Empty if the file removes the variable. */
  readonly value: string;
  /** 1-based line in the file. */
  readonly line: number;
}

/** A variable whose value would have to be computed, or could not be read. */
export interface Unread {
  readonly name: string;
  /** 1-based line in the file. */
  readonly line: number;
}

/** Each name stands in one of the two lists, once. */
export interface EnvFile {
  readonly assignments: readonly Assignment[];
  readonly computed: readonly Unread[];
}

/** What one statement does to one variable; no value if it is computed. */
export interface Finding {
  readonly name: string;
  readonly line: number;
  readonly value: string | undefined;
}

/**
 * Characters of the longest value that is read. No system that this runs on
 * takes a longer variable, and without a limit a file could fill the memory.
 */
export const maxValueLength = 131_072;

// No system takes a name with "=", and control or bidirectional characters
// could disguise a warning: such names are not reported at all.
const usableName = /^[^\p{C}=]{1,200}$/u;

/** The last finding of each name; an impossible value counts as unread. */
export function lastOfEach(findings: Iterable<Finding>): EnvFile {
  const last = new Map<string, Finding>();
  for (const finding of findings) {
    if (usableName.test(finding.name)) last.set(finding.name, finding);
  }
  const assignments: Assignment[] = [];
  const computed: Unread[] = [];
  for (const { name, line, value } of last.values()) {
    if (value === undefined || !isPossible(value)) {
      computed.push({ name, line });
    } else assignments.push({ name, value, line });
  }
  return { assignments, computed };
}

function isPossible(value: string): boolean {
  return value.length <= maxValueLength && !value.includes("\0");
}
