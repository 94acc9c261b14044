import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@weinao/embedded';
import { StartupError } from '@weinao/plugins';
import { peopleOf, Person } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import type { StartedProcess } from './started.process.ts';
import { parseMapping } from '../cli/column-mapping.ts';

const CSV = `\uFEFFnumber,what,kind,reported,done,state,house,unit,details
W-1,厨房水管漏水,水暖,2026-11-02 08:15,2026-11-03 17:40,done,3号楼,2单元,"从昨晚开始，
水流""很大"", 请尽快"
W-2,"Lamp on the stairs, broken",lighting,2026-11-02 09:00,,open,1号楼,,
W-3,电梯异响,电梯,31/12/2026,,open,2号楼,,
W-4,门禁失灵,门禁,2026-11-04 10:00,,vanished,2号楼,,

W-5,,卫生,2026-11-05 10:00,,open,,,
,无号报修,卫生,2026-11-05 11:00,,open,,,
W-7,路灯不亮,照明,2026-11-06 19:30,,open,,,
`;

const MAPPING = {
  source: 'old-desk',
  timeZone: 'Asia/Shanghai',
  dateFormat: 'yyyy-MM-dd HH:mm',
  fields: {
    externalId: 'number',
    kind: { value: 'REPAIR' },
    category: 'kind',
    title: 'what',
    description: 'details',
    status: { column: 'state', values: { open: 'OPEN', done: 'RESOLVED' } },
    openedAt: { column: 'reported', as: 'instant' },
    endedAt: { column: 'done', as: 'instant' },
    'location.building': 'house',
    'location.address': { columns: ['house', 'unit'], join: ' ' },
  },
};

const LIST = `{ tickets(first: 100) { totalCount nodes {
  externalId title category status openedAt description location { building address } history { type at } } } }`;

const fixture = new ProcessFixture();
let directory: string;
let url: string;

beforeAll(async () => {
  directory = await fixture.directory();
  ({ url } = await fixture.standalone(directory));
  const operator = await Person.operator(url, directory);
  await operator.ask('mutation { foundCommunity(input: { id: "reed-lake", name: "芦湖" }) { id } }');
  await writeFile(join(directory, 'tickets.csv'), CSV);
  await writeFile(join(directory, 'mapping.json'), JSON.stringify(MAPPING));
});

afterAll(() => fixture.cleanUp());

const inDirectory = (file: string): string => join(directory, file);

interface ImportOf {
  readonly file?: string;
  readonly map?: string;
  readonly community?: string;
  readonly at?: string;
}

function argumentsOf({
  file = 'tickets.csv',
  map = 'mapping.json',
  community = 'osmanthus-court',
  at = url,
}: ImportOf): string[] {
  return ['tickets', inDirectory(file), '--map', inDirectory(map), '--community', community, '--url', at];
}

const importTickets = (what: ImportOf = {}): Promise<StartedProcess & { code: number }> =>
  fixture.weinao(directory, 'import', ...argumentsOf(what));

describe('weinao import tickets', () => {
  it('brings the good lines in, names each bad one with its reason, and ends with 1', async () => {
    const { code, errors, output } = await importTickets();
    expect(errors.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^line 5: openedAt: .+/),
      expect.stringMatching(/^line 6: status: .+/),
      expect.stringMatching(/^line 8: title: .+/),
      expect.stringMatching(/^line 8: title: .+/),
      expect.stringMatching(/^line 9: externalId: .+/),
      expect.stringMatching(/^line 9: externalId: .+/),
      '7 lines: 3 imported, 0 known before, 4 bad',
    ]);
    expect({ code, output }).toEqual({ code: 1, output: '' });
  });

  it('keeps what the file says, with its quotes, line breaks, local times and past', async () => {
    const { wang } = await peopleOf(url, directory);
    const { data } = await wang.ask(LIST);
    expect(data.tickets).toEqual({
      totalCount: 3,
      nodes: [
        expect.objectContaining({ externalId: 'W-7', status: 'OPEN', openedAt: '2026-11-06T11:30:00.000Z' }),
        expect.objectContaining({
          externalId: 'W-2',
          title: 'Lamp on the stairs, broken',
          location: { building: '1号楼', address: '1号楼' },
        }),
        {
          externalId: 'W-1',
          title: '厨房水管漏水',
          category: '水暖',
          status: 'RESOLVED',
          openedAt: '2026-11-02T00:15:00.000Z',
          description: '从昨晚开始，\n水流"很大", 请尽快',
          location: { building: '3号楼', address: '3号楼 2单元' },
          history: [
            { type: 'TicketOpened', at: '2026-11-02T00:15:00.000Z' },
            { type: 'TicketResolved', at: '2026-11-03T09:40:00.000Z' },
          ],
        },
      ],
    });
  });

  it('imports nothing twice, and takes what was mended', async () => {
    expect((await importTickets()).errors).toContain('7 lines: 0 imported, 3 known before, 4 bad');
    await writeFile(inDirectory('mended.csv'), CSV.replace('31/12/2026', '2026-12-31 00:00'));
    expect((await importTickets({ file: 'mended.csv' })).errors).toContain(
      '7 lines: 1 imported, 3 known before, 3 bad',
    );
    const { wang } = await peopleOf(url, directory);
    expect((await wang.ask('{ tickets { totalCount } }')).data.tickets.totalCount).toBe(4);
  });

  it('leaves a ticket as it is whose line has changed since, and says so', async () => {
    await writeFile(inDirectory('changed.csv'), CSV.replace('路灯不亮', '路灯全灭'));
    const { errors } = await importTickets({ file: 'changed.csv' });
    expect(errors).toMatch(
      /^line 10: externalId: was imported before, with other values; it was left as it is$/m,
    );
  });

  it('ends with 0 where every line is good', async () => {
    await writeFile(inDirectory('good.csv'), CSV.split('\n').slice(0, 4).join('\n'));
    const { code, errors } = await importTickets({ file: 'good.csv' });
    expect({ code, errors }).toEqual({ code: 0, errors: '2 lines: 0 imported, 2 known before, 0 bad\n' });
  });

  it('says in a sentence what keeps it from beginning, and ends with 1', async () => {
    const refusals: readonly (readonly [what: ImportOf, sentence: RegExp])[] = [
      [{ map: 'nowhere.json' }, /nowhere\.json cannot be read: /],
      [{ file: 'nowhere.csv' }, /nowhere\.csv cannot be read as CSV: /],
      [{ community: 'nowhere' }, /^The import stopped: NOT_FOUND: There is no such community\. What/],
      [{ community: 'reed-lake' }, /^The import stopped: GRAPHQL_VALIDATION_FAILED: [^.]+\. What/],
      [{ at: `http://localhost:${await freePort()}` }, /^The import stopped: .*ECONNREFUSED.*[^.]\. What/],
    ];
    await Promise.all(
      refusals.map(async ([what, sentence]) => {
        const { code, output, errors } = await importTickets(what);
        expect({ code, output, errors }).toEqual({
          code: 1,
          output: '',
          errors: expect.stringMatching(sentence),
        });
        expect(errors.trimEnd()).not.toContain('\n');
      }),
    );
  });
});

describe('a mapping', () => {
  const columns = CSV.slice(1, CSV.indexOf('\n')).split(',');
  const parsed = (changes: object): unknown =>
    parseMapping(JSON.stringify({ ...MAPPING, ...changes }), columns);

  it('is taken as it is where it fits the file', () => {
    expect(parsed({})).toEqual(MAPPING);
  });

  it.each([
    ['without its parts', () => parsed({ source: undefined }), 'The mapping needs "source" and "fields".'],
    ['with a column that is not there', () => parsed({ fields: { title: 'headline' } }), 'column "headline"'],
    [
      'with times of no zone',
      () => parsed({ timeZone: 'Mars/Phobos' }),
      'openedAt needs "dateFormat" and a valid "timeZone"',
    ],
    [
      'with times of no format',
      () => parsed({ dateFormat: undefined }),
      'openedAt needs "dateFormat" and a valid "timeZone"',
    ],
    ['that is no JSON', () => parseMapping(CSV, columns), 'The mapping is not JSON: '],
    ['that is nothing', () => parseMapping('null', columns), 'The mapping needs "source" and "fields".'],
    ['whose field is nothing', () => parsed({ fields: { title: null } }), 'The mapping of title '],
    ['whose field is a number', () => parsed({ fields: { title: 7 } }), 'The mapping of title '],
    [
      'with a field and a part of it',
      () => parsed({ fields: { at: 'unit', 'at.unit': 'unit' } }),
      'both at and at.unit',
    ],
  ])('%s is refused in a sentence', (_what, parse, sentence) => {
    expect(parse).toThrow(StartupError);
    expect(parse).toThrow(sentence);
  });
});
