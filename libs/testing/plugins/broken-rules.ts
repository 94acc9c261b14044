import { expect } from '@jest/globals';
import type { HarnessViewer, Variables } from './harness.viewer.ts';

/** The rules that an operation breaks, as `path rule`, each with a sentence. @throws Error where it is not bad input */
export async function brokenRules(
  viewer: HarnessViewer,
  query: string,
  variables: Variables,
): Promise<string[]> {
  const { errors } = await viewer.execute(query, variables);
  expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  const problems = errors?.[0]?.extensions?.problems as { path: string; rule: string; message: string }[];
  expect(problems.filter(({ message }) => message.length === 0)).toEqual([]);
  return problems.map(({ path, rule }) => `${path} ${rule}`).sort();
}
