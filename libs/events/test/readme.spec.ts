import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const here = new URL('./tickets/', import.meta.url);
const withoutLayout = (text: string): string => text.replace(/\s+/g, '');

describe('the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? '');
  const sources = readdirSync(here).map((name) => withoutLayout(readFileSync(new URL(name, here), 'utf8')));

  it('has examples', () => {
    expect(examples).toHaveLength(5);
  });

  it.each(examples.map((code, index) => [index + 1, code] as const))(
    'shows in example %i what is compiled and tested',
    (_number, example) => {
      expect(sources.some((source) => source.includes(withoutLayout(example)))).toBe(true);
    },
  );
});
