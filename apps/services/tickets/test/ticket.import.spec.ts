import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { change, IMPORT, open } from './ticket.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let admin: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  admin = harness.as(people.adminSun);
});

afterAll(() => harness.close());

interface Report {
  created: number;
  repeated: number;
  problems: { row: number; path: string; rule: string }[];
}

async function imported(rows: unknown[], source = 'old-system'): Promise<Report> {
  return (await admin.data(IMPORT, { source, rows })).importTickets;
}

const leak = {
  externalId: 'leak',
  kind: 'REPAIR',
  category: '管道',
  title: '地下室渗水',
  status: 'CLOSED',
  openedAt: '2025-07-01T16:00:00+08:00',
  openedBy: 'resident-lin',
  assigneeId: 'property-chen',
  resolution: '已堵漏',
  endedAt: '2025-07-03T09:30:00Z',
};

const WITH_HISTORY = `query ($text: String!) { tickets(filter: { text: $text }) {
  totalCount
  nodes { id externalId status openedAt openedBy resolution history { type at by } }
} }`;

describe('tickets of the old system', () => {
  it('come in with their past, and the same rows again change nothing', async () => {
    const rows = [leak, { ...leak, externalId: 'gate', title: '道闸失灵', status: 'OPEN' }];
    expect(await imported(rows)).toEqual({ created: 2, repeated: 0, problems: [] });
    const { tickets } = await admin.data(WITH_HISTORY, { text: '地下室渗水' });
    expect(tickets.nodes).toEqual([
      {
        id: expect.any(String),
        externalId: 'leak',
        status: 'CLOSED',
        openedAt: '2025-07-01T08:00:00.000Z',
        openedBy: 'resident-lin',
        resolution: '已堵漏',
        history: [
          { type: 'TicketOpened', at: '2025-07-01T08:00:00.000Z', by: 'admin-sun' },
          { type: 'TicketAssigned', at: '2025-07-01T08:00:00.000Z', by: 'admin-sun' },
          { type: 'TicketResolved', at: '2025-07-03T09:30:00.000Z', by: 'admin-sun' },
          { type: 'TicketClosed', at: '2025-07-03T09:30:00.000Z', by: 'admin-sun' },
        ],
      },
    ]);
    const events = await harness.events();
    expect(await imported(rows)).toEqual({ created: 0, repeated: 2, problems: [] });
    expect(await harness.events()).toEqual(events);
  });

  it('are others where another system has the same numbers', async () => {
    expect(await imported([leak], 'another-system')).toMatchObject({ created: 1, repeated: 0 });
  });

  it('come in where one line is good, whatever the others are', async () => {
    const bad = [
      { ...leak, externalId: 'no-title', title: ' ' },
      'no object',
      { ...leak, externalId: 'no-kind', kind: 'WISH', openedAt: 'yesterday', surprise: 1 },
      { ...leak, externalId: 'nobody', status: 'ASSIGNED', assigneeId: null },
      { ...leak, externalId: 7, location: { point: { latitude: 100, longitude: 0 } } },
      { ...leak, externalId: 'backwards', openedAt: '2026-03-02T00:00:00Z', endedAt: '2026-03-01T00:00:00Z' },
      { ...leak, externalId: 'somewhere', openedAt: '2026-03-02T00:00:00' },
    ];
    const { created, repeated, problems } = await imported([...bad, { ...leak, externalId: 'good' }]);
    expect({ created, repeated }).toEqual({ created: 1, repeated: 0 });
    expect(problems.map(({ row, path, rule }) => `${row} ${path} ${rule}`).sort()).toEqual([
      '0 title notBlank',
      '1  object',
      '2 kind isIn',
      '2 openedAt instant',
      '2 surprise whitelistValidation',
      '3 status withAssignee',
      '4 externalId isString',
      '4 externalId maxLength',
      '4 location.point.latitude isLatitude',
      '5 endedAt notBeforeOpening',
      '6 openedAt instant',
    ]);
  });

  it('stay as they are when a line comes again with other values, and the report names it', async () => {
    const changed = { ...leak, title: '地下室积水' };
    expect(await imported([changed])).toEqual({
      created: 0,
      repeated: 0,
      problems: [expect.objectContaining({ row: 0, path: 'externalId', rule: 'unchanged' })],
    });
    expect((await admin.data(WITH_HISTORY, { text: '地下室积水' })).tickets.totalCount).toBe(0);
  });

  it('go on here: an imported open one is assigned and resolved', async () => {
    const lift = {
      ...leak,
      externalId: 'lift',
      title: '电梯异响',
      status: 'OPEN',
      assigneeId: null,
      endedAt: null,
    };
    await imported([lift]);
    const { tickets } = await admin.data(WITH_HISTORY, { text: '电梯异响' });
    const chen = harness.as(people.propertyChen);
    const resolved = await change(chen, tickets.nodes[0].id, 'resolveTicket', { resolution: '已检修' });
    expect(resolved).toMatchObject({ status: 'RESOLVED', externalId: 'lift' });
  });

  it('have numbers that follow on those of the community', async () => {
    const before = await open(admin);
    await imported([{ ...leak, externalId: 'one-more' }]);
    expect((await open(admin)).number).toBe(before.number + 2);
  });
});

describe('a request to import', () => {
  it('is for admins', async () => {
    const wang = harness.as(people.workerWang);
    expect(await wang.refusal(IMPORT, { source: 'old-system', rows: [leak] })).toBe('FORBIDDEN');
  });

  it('takes 1 to 200 rows of a named system', async () => {
    const rows = Array.from({ length: 201 }, (_, n) => ({ ...leak, externalId: `many-${n}` }));
    expect(await admin.refusal(IMPORT, { source: 'old-system', rows })).toBe('BAD_USER_INPUT');
    expect(await admin.refusal(IMPORT, { source: 'old-system', rows: [] })).toBe('BAD_USER_INPUT');
    expect(await admin.refusal(IMPORT, { source: '', rows: [leak] })).toBe('BAD_USER_INPUT');
    expect(await imported(rows.slice(1))).toEqual({ created: 200, repeated: 0, problems: [] });
  });
});
