import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import type { StartedProcess } from './started.process.ts';

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

function importTickets({ file = 'tickets.csv', map = 'mapping.json', community, at }: ImportOf = {}): Promise<
  StartedProcess & { code: number }
> {
  const where = ['--community', community ?? 'osmanthus-court', '--url', at ?? url];
  return fixture.weinao(
    directory,
    'import',
    'tickets',
    inDirectory(file),
    '--map',
    inDirectory(map),
    ...where,
  );
}

/** With another mapping, as the file's name says. */
async function mapped(changes: object): Promise<string> {
  await writeFile(inDirectory('other.json'), JSON.stringify({ ...MAPPING, ...changes }));
  return 'other.json';
}

describe('weinao import tickets', () => {
  it('brings the good lines in, names each bad one with its reason, and ends with 1', async () => {
    const { code, errors, output } = await importTickets();
    const said = errors.trimEnd().split('\n');
    expect(said.at(-1)).toBe('7 lines: 3 imported, 0 known before, 4 bad');
    expect(said.slice(0, -1).sort()).toEqual(
      [
        expect.stringMatching(/^line 10: externalId: .+/),
        expect.stringMatching(/^line 5: openedAt: .+/),
        expect.stringMatching(/^line 6: status: .+/),
        expect.stringMatching(/^line 8: title: .+/),
      ].sort((a, b) => 0 * (a === b ? 1 : 0)),
    );
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
      /^line 11: externalId: was imported before, with other values; it was left as it is$/m,
    );
  });

  it('ends with 0 where every line is good', async () => {
    await writeFile(inDirectory('good.csv'), CSV.split('\n').slice(0, 4).join('\n'));
    const { code, errors } = await importTickets({ file: 'good.csv' });
    expect({ code, errors }).toEqual({ code: 0, errors: '2 lines: 0 imported, 2 known before, 0 bad\n' });
  });

  it.each([
    ['a mapping that is no JSON', async () => ({ map: 'tickets.csv' }), /^The mapping is not JSON: .+/],
    [
      'a mapping without its parts',
      async () => ({ map: await mapped({ source: undefined }) }),
      /^The mapping needs "source" and "fields"\./,
    ],
    [
      'a column that is not there',
      async () => ({ map: await mapped({ fields: { title: 'headline' } }) }),
      /takes title from a column "headline"/,
    ],
    [
      'times without a zone',
      async () => ({ map: await mapped({ timeZone: 'Mars/Phobos' }) }),
      /openedAt needs "dateFormat" and a valid "timeZone"/,
    ],
    [
      'a mapping that is not there',
      async () => ({ map: 'nowhere.json' }),
      /nowhere\.json cannot be read: .*/,
    ],
    ['a file that is not there', async () => ({ file: 'nowhere.csv' }), /nowhere\.csv cannot be read.*/],
    [
      'a community that nobody founded',
      async () => ({ community: 'nowhere' }),
      /NOT_FOUND: There is no such community/,
    ],
    [
      'a community that has no tickets',
      async () => ({ community: 'willow-bank' }),
      /GRAPHQL_VALIDATION_FAILED: .*importTickets/,
    ],
    [
      'a server that does not run',
      async () => ({ at: 'http://127.0.0.1:1' }),
      /The import stopped: .*ECONNREFUSED/,
    ],
  ] as const)('refuses %s in a sentence', async (_what, wrong, sentence) => {
    const { code, errors, output } = await importTickets(await wrong());
    expect(errors).toMatch(sentence);
    expect({
      code,
      output,
      stack: /^\s+at /m.test(errors),
      lines: errors.trimEnd().split('\n').length,
    }).toEqual({
      code: 1,
      output: '',
      stack: false,
      lines: 1,
    });
  });
});
