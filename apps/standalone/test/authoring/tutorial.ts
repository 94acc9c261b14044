import { readFile } from 'node:fs/promises';

export interface Step {
  /** One command of the shell, on one line. */
  readonly command: string;
  /** What it prints, where the page shows it. */
  readonly answer?: unknown;
}

const BLOCK = /^```(sh|json)\n(.*?)^```$/gms;

/** What a page has its reader do, in its order. */
export async function stepsOf(page: URL): Promise<Step[]> {
  const steps: Step[] = [];
  for (const [, kind, body] of (await readFile(page, 'utf8')).matchAll(BLOCK)) {
    if (kind === 'json') steps.push({ ...steps.pop()!, answer: JSON.parse(body!) as unknown });
    else steps.push(...commandsIn(body!).map((command) => ({ command })));
  }
  return steps;
}

const commandsIn = (body: string): string[] =>
  body
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
