import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { subjects } from '../../libs/events/publication/subjects.ts';
import { edgeSubjects } from '../../libs/plugins/wire/edge.protocol.ts';
import { wireSubjects } from '../../libs/plugins/wire/subgraph.protocol.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(join(root, 'docs', 'reference', 'wire-protocol.md'), 'utf8');

const examples = [...text.matchAll(/```json (\w+)\n([^`]*)```/g)].map(([, type, json]) => ({
  type: type!,
  json: json!,
}));

/** Where the types of the messages are. */
const SOURCES = [
  'libs/plugins/wire/subgraph.protocol.ts',
  'libs/plugins/wire/batch.protocol.ts',
  'libs/plugins/wire/edge.protocol.ts',
  'libs/events/publication/cloud-event.ts',
  'libs/events/publication/log-responder.ts',
];

/** What the compiler has to say of these texts, each by its name in a folder of the repository that is not there. */
function problemsIn(files: Readonly<Record<string, string>>): string[] {
  const { options } = ts.parseJsonConfigFileContent(
    { extends: './tsconfig.base.json', files: [] },
    ts.sys,
    root,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  const made = new Map(Object.entries(files).map(([name, code]) => [join(root, 'examples', name), code]));
  host.fileExists = (file) => made.has(file) || fileExists(file);
  host.readFile = (file) => made.get(file) ?? readFile(file);
  const program = ts.createProgram([...made.keys()], options, host);
  return [...made.keys()]
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** What is wrong with the examples as values of the types that they bear: a key too many, too few, or of another type. */
function misfits(given: readonly { readonly type: string; readonly json: string }[]): string[] {
  const values = given.map(
    ({ type, json }, index) => `export const example${index}: wire.${type} = ${json};`,
  );
  return problemsIn({
    'wire.ts': SOURCES.map((source) => `export type * from '../${source}';`).join('\n'),
    'messages.ts': ["import type * as wire from './wire.ts';", ...values].join('\n'),
  });
}

describe('the page of the wire protocol', () => {
  it('names every subject of the platform, and no other', () => {
    const named = [...text.matchAll(/`((?:plugin|gql|edge|feed|log|evt)\.[a-z<>*.-]+)`/g)].map(([, name]) =>
      name!.replace('.communities.', '.<plugin>.'),
    );
    const names = { community: 'osmanthus-court', plugin: 'tickets', event: 'ticket-opened' };
    const known = Object.values({ ...subjects, ...wireSubjects, ...edgeSubjects }).map((subject) => {
      if (typeof subject === 'string') return subject;
      const fill: (...parts: string[]) => string = subject;
      const parts = subject.length === 1 ? [names.plugin] : [names.community, names.plugin, 'TicketOpened'];
      return fill(...parts)
        .replace(names.community, '<community>')
        .replace(names.plugin, '<plugin>')
        .replace(names.event, '<event-name>');
    });
    expect([...new Set(named)].sort()).toEqual(known.sort());
  });

  it('shows messages that are what the code takes them for', () => {
    expect(examples.length).toBeGreaterThan(15);
    for (const { json } of examples) expect(() => JSON.parse(json) as unknown).not.toThrow();
    expect(misfits(examples)).toEqual([]);
  });

  it('would be found out, if a message had a key too many or too few', () => {
    const [tooMany] = misfits([{ type: 'SettingsRequest', json: '{ "settings": {}, "plugin": "tickets" }' }]);
    expect(tooMany).toMatch(/plugin"?' does not exist in type 'SettingsRequest'/);
    expect(misfits([{ type: 'LogPage', json: '{ "events": [] }' }])[0]).toMatch(/'head' is missing/);
  });
});
