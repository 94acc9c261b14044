import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, CountedIds, ManualClock, numberedId } from '@weinao/testing';
import { CommandHandler } from './command-handler.ts';
import { reject } from './decider.ts';
import type { CommandRequest, Outcome } from './command-handler.ts';
import { VersionConflict } from '../log/event-log.ts';
import type { EventLog } from '../log/event-log.ts';
import { postgresLogs } from '../test/postgres.log.opener.ts';
import type { PostgresLogs } from '../test/postgres.log.opener.ts';
import { ticketDecider } from '../test/tickets/ticket.decider.ts';
import type { TicketCommand, TicketEvent, TicketState } from '../test/tickets/ticket.decider.ts';

type Request = CommandRequest<TicketCommand, unknown>;

describe('the command handler', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let log: EventLog;
  const clock = new ManualClock('2026-03-02T08:00:00.000Z');
  const ids = new CountedIds();

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    log = opened.log;
  });
  afterEach(() => opened.close());
  afterAll(() => logs.close());

  const ask = (command: TicketCommand, more: Partial<Request> = {}): Request => ({
    communityId: 'sunshine',
    id: 'lamp',
    command,
    commandId: ids.next(),
    repeatable: true,
    actor: anActor('worker-1'),
    correlationId: numberedId(9),
    settings: {},
    ...more,
  });
  const open = (title = '楼道灯坏了'): TicketCommand => ({ type: 'OpenTicket', title });
  const resolve = (resolution = 'new lamp'): TicketCommand => ({ type: 'ResolveTicket', resolution });
  const handle = (request: Request, over: EventLog = log): Promise<Outcome<TicketState, TicketEvent>> =>
    new CommandHandler(over, clock.now).handle(ticketDecider, request);
  const stored = (): Promise<string[]> =>
    log.read({ after: 0n, limit: 100 }).then((events) => events.map(({ type }) => type));

  it('decides on what happened before, and answers with the state and the events behind it', async () => {
    await handle(ask(open()));
    clock.advance(60_000);
    const { state, history, position, repeated } = await handle(ask(resolve()));
    expect({ state, position, repeated }).toEqual({
      state: { status: 'RESOLVED' },
      position: 2n,
      repeated: false,
    });
    expect(history).toEqual(await log.readStream('ticket/sunshine/lamp'));
    expect(history.map(({ type, at }) => [type, at])).toEqual([
      ['TicketOpened', '2026-03-02T08:00:00.000Z'],
      ['TicketResolved', '2026-03-02T08:01:00.000Z'],
    ]);
    expect(history[1]?.metadata).toMatchObject({ actorId: 'worker-1', correlationId: numberedId(9) });
  });

  it('keeps the time of a fact that is older than its command, and says when it was recorded', async () => {
    const at = '2019-06-01T02:00:00.000Z';
    const importing = {
      ...ticketDecider,
      decide: () => [{ type: 'TicketOpened', data: { title: 'old' }, at } as const],
    };
    await new CommandHandler(log, clock.now).handle(importing, ask(open()));
    const [event] = await log.readStream('ticket/sunshine/lamp');
    expect(event).toMatchObject({ at, metadata: { recordedAt: clock.now().toISOString() } });
  });

  it('stores nothing of a command that the domain rejects, so that it may be tried again', async () => {
    const tooEarly = ask(resolve());
    await expect(handle(tooEarly)).rejects.toMatchObject({ name: 'Rejection', code: 'NOT_FOUND' });
    expect(await stored()).toEqual([]);
    expect(await log.findCommand(tooEarly.commandId)).toBeUndefined();
    await handle(ask(open()));
    expect((await handle(tooEarly)).state).toEqual({ status: 'RESOLVED' });
  });

  it('answers a repeated command with what it reached then, also after later events', async () => {
    const opening = ask(open());
    const first = await handle(opening);
    await handle(ask(resolve()));
    const again = await handle(opening);
    expect(again).toEqual({ ...first, repeated: true });
    expect(again.state).toEqual({ status: 'OPEN' });
    expect(await stored()).toEqual(['TicketOpened', 'TicketResolved']);
  });

  it.each([
    ['another body', { command: { type: 'OpenTicket', title: '电梯停运' } }],
    ['another ticket', { id: 'lift' }],
    ['another community', { communityId: 'riverside' }],
  ] as const)('refuses a command id that was used before, with %s', async (_name, change) => {
    const opening = ask(open());
    await handle(opening);
    await expect(handle({ ...opening, ...change })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await stored()).toEqual(['TicketOpened']);
  });

  it('knows a command again when its body has the same fields in another order', async () => {
    const opening = ask({ type: 'OpenTicket', title: '楼道灯坏了' });
    await handle(opening);
    const again = await handle({ ...opening, command: { title: '楼道灯坏了', type: 'OpenTicket' } });
    expect(again.repeated).toBe(true);
  });

  it('looks nothing up for what founds an aggregate, and still knows a repeat', async () => {
    const founding = ask(open(), { founds: true });
    const blind: EventLog = {
      ...delegating(log),
      readStream: () => Promise.reject(new Error('was read')),
      findCommand: () => Promise.reject(new Error('was looked up')),
    };
    const first = await handle(founding, blind);
    expect(first).toMatchObject({ state: { status: 'OPEN' }, position: 1n, repeated: false });
    expect(await handle(founding)).toEqual({ ...first, repeated: true });
    await expect(handle({ ...founding, command: open('电梯停运') })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await stored()).toEqual(['TicketOpened']);
  });

  it('answers a repeat of what founded an aggregate, though it would be rejected by now', async () => {
    const founding = ask(open(), { founds: true });
    const first = await handle(founding);
    const closed = { ...ticketDecider, decide: () => reject('OFFICE_CLOSED', 'Nobody is there.') };
    const handler = new CommandHandler(log, clock.now);
    expect(await handler.handle(closed, founding)).toEqual({ ...first, repeated: true });
    await expect(handler.handle(closed, ask(open(), { founds: true, id: 'lift' }))).rejects.toMatchObject({
      code: 'OFFICE_CLOSED',
    });
  });

  it('decides on what is there where something was founded under another command', async () => {
    await handle(ask(open()));
    await expect(handle(ask(open(), { founds: true }))).rejects.toMatchObject({ name: 'Rejection' });
    expect(await stored()).toEqual(['TicketOpened']);
  });

  it('does a command once that comes ten times at the same moment, and answers all alike', async () => {
    const opening = ask(open());
    const second = await opened.another();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) => handle(opening, n % 2 ? second : log)),
    );
    expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(outcomes.map(({ state, position }) => `${state.status} ${position}`))).toEqual(
      new Set(['OPEN 1']),
    );
    expect(await stored()).toEqual(['TicketOpened']);
  });

  it('does not reject a command for what its own twin did a moment before', async () => {
    const opening = ask(open());
    let reads = 0;
    const overtaken: EventLog = {
      ...delegating(log),
      readStream: async (...where) => {
        if (reads++ === 0) await handle(opening);
        return log.readStream(...where);
      },
    };
    expect(await handle(opening, overtaken)).toMatchObject({ repeated: true, state: { status: 'OPEN' } });
  });

  it('decides anew when the stream has moved meanwhile', async () => {
    await handle(ask(open()));
    let tries = 0;
    const overtaken: EventLog = {
      ...delegating(log),
      append: async (request) => {
        if (tries++ === 0) await handle(ask(resolve('somebody else was faster')));
        return log.append(request);
      },
    };
    await expect(handle(ask(resolve()), overtaken)).rejects.toMatchObject({
      code: 'TICKET_ALREADY_RESOLVED',
    });
    expect(tries).toBe(1);
  });

  it('gives up with CONFLICT when others are always faster', async () => {
    let tries = 0;
    const append: EventLog['append'] = ({ stream, expectedRevision }) => {
      tries++;
      return Promise.reject(new VersionConflict(stream, expectedRevision));
    };
    await expect(handle(ask(open()), { ...delegating(log), append })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(tries).toBe(20);
  });

  it('does not try again after any other error, because the outcome is not known', async () => {
    let tries = 0;
    const append: EventLog['append'] = () => Promise.reject(new Error(`connection lost ${++tries}`));
    await expect(handle(ask(open()), { ...delegating(log), append })).rejects.toThrow('connection lost 1');
    expect(tries).toBe(1);
  });
});

const delegating = (log: EventLog): EventLog => ({
  append: (request) => log.append(request),
  readStream: (stream, range) => log.readStream(stream, range),
  read: (options) => log.read(options),
  head: () => log.head(),
  findCommand: (id) => log.findCommand(id),
  onAppend: (listener) => log.onAppend(listener),
  ring: () => log.ring(),
  close: () => log.close(),
});
