import { Course } from './course.ts';
import type { CourseOptions } from './course.ts';
import type { Proof } from './proof.ts';

export interface Outcome {
  readonly proof: string;
  readonly violated: readonly string[];
  readonly holds: boolean;
}

/** Runs a proof, says what it found, and takes everything down. @throws what stopped it half-way */
export async function runCourse(proof: Proof, options: CourseOptions): Promise<Outcome> {
  const course = new Course(proof.invariants, options);
  const { say, signal } = options;
  try {
    await unlessAborted(proof.run(course), signal);
  } finally {
    await course.end();
  }
  for (const line of course.findings.lines()) say(line);
  const violated = course.findings.violated();
  // a course that a planted bug ended early need not have come to everything
  const unchecked = options.expected === undefined ? course.findings.unchecked() : [];
  if (unchecked.length > 0) say(`  Nothing was checked of: ${unchecked.join(', ')}`);
  return { proof: proof.name, violated, holds: violated.length === 0 && unchecked.length === 0 };
}

function unlessAborted(running: Promise<void>, signal: AbortSignal): Promise<void> {
  running.catch(() => undefined); // what it stands on is taken down under it
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
