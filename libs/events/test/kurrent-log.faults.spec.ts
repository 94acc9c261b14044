import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, startKurrentDouble } from '@weinao/testing';
import type { KurrentDouble } from '@weinao/testing';
import { emptyKurrentLog, kurrentDoubles } from './kurrent.log.opener.ts';
import { ticketDecider } from './tickets/ticket.decider.ts';
import {
  CommandHandler,
  CommandRepeated,
  newId,
  streamName,
  UnstorableEvent,
  VersionConflict,
} from '../index.ts';
import { KurrentEventLog } from '../log/kurrent-event.log.ts';

describe.each(kurrentDoubles)('the log in KurrentDB, appended to by %s', (_name, options) => {
  let double: KurrentDouble;
  let opened: ReturnType<typeof emptyKurrentLog>;

  beforeAll(async () => {
    double = await startKurrentDouble(options);
  });
  beforeEach(() => {
    opened = emptyKurrentLog(double.url);
  });
  afterEach(() => opened.close());
  afterAll(() => double.stop());

  const isLog = (stream: string): boolean => stream.startsWith(`${opened.plugin}/`);
  const isCommand = (stream: string): boolean => stream.startsWith(`${opened.plugin}.command/`);
  const everything = (): ReturnType<KurrentEventLog['read']> => opened.log.read({ after: 0n, limit: 1_000 });

  /** How often the double is asked to do the work. */
  async function asked(work: () => Promise<unknown>): Promise<{ append: number; read: number }> {
    const before = { ...double.calls };
    await work();
    return { append: double.calls.append - before.append, read: double.calls.read - before.read };
  }

  describe('when answers get lost', () => {
    it('gives the first answer to the command that comes again, when its events were stored', async () => {
      const handler = new CommandHandler(opened.log, () => new Date('2026-03-02T08:00:00Z'));
      const request = {
        communityId: 'sunshine',
        id: newId(),
        command: { type: 'OpenTicket', title: '楼道灯坏了' } as const,
        commandId: newId(),
        repeatable: true,
        actor: { id: 'lin', permissions: [] },
        correlationId: newId(),
        settings: {},
      };
      double.faults.loseAnswer(isLog);
      await expect(handler.handle(ticketDecider, request)).rejects.toThrow('The answer is lost.');
      const again = await handler.handle(ticketDecider, request);
      expect(again).toMatchObject({ state: { status: 'OPEN' }, repeated: true });
      const stored = await opened.log.readStream(streamName('ticket', 'sunshine', request.id));
      expect(again.history).toEqual(stored);
      expect(stored).toHaveLength(1);
    });

    it('does the command that comes again, when nothing but its attempt was stored', async () => {
      const request = appendRequest({ events: [factOf('TicketOpened'), factOf('TicketAssigned')] });
      double.faults.loseAnswer(isCommand);
      await expect(opened.log.append(request)).rejects.toThrow('The answer is lost.');
      expect(await opened.log.findCommand(request.command.id)).toBeUndefined();
      const appended = await opened.log.append(request);
      expect(appended.map(({ id }) => id)).toEqual(request.events.map(({ id }) => id));
      expect(await everything()).toEqual(appended);
      await expect(opened.log.append(request)).rejects.toThrow(CommandRepeated);
    });

    it('stores events once that arrive late, after another took their command over', async () => {
      const request = appendRequest();
      const held = double.faults.holdAppend(isLog);
      const late = opened.log.append(request).catch((error: unknown) => error);
      await held.arrived;
      const appended = await (await opened.another()).append(request);
      held.letGo();
      expect(await late).toBeInstanceOf(CommandRepeated);
      expect(await everything()).toEqual(appended);
      const { stream, command } = request;
      const known = { stream, revision: 0, fingerprint: command.fingerprint };
      expect(await opened.log.findCommand(command.id)).toEqual(known);
      expect((await late) as CommandRepeated).toMatchObject({ known });
    });

    it('knows of two attempts at one place the one that came through, as it was', async () => {
      const request = appendRequest({ events: [factOf('TicketOpened'), factOf('TicketAssigned')] });
      double.faults.loseAnswer(isCommand);
      await expect(opened.log.append(request)).rejects.toThrow('The answer is lost.');
      const { stream, command } = request;
      const other = {
        ...request,
        events: [factOf('TicketOpened')],
        command: { ...command, fingerprint: 'other' },
      };
      expect(await opened.log.append(other)).toHaveLength(1);
      const known = { stream, revision: 0, fingerprint: 'other' };
      expect(await opened.log.findCommand(command.id)).toEqual(known);
      await expect(opened.log.append(request)).rejects.toMatchObject({ known });
    });

    it('refuses events that arrive late, after the stream has moved, and then does their command elsewhere', async () => {
      const request = appendRequest();
      const held = double.faults.holdAppend(isLog);
      const late = opened.log.append(request).catch((error: unknown) => error);
      await held.arrived;
      await (await opened.another()).append(appendRequest({ stream: request.stream }));
      held.letGo();
      expect(await late).toBeInstanceOf(VersionConflict);
      expect(await opened.log.findCommand(request.command.id)).toBeUndefined();
      expect(await opened.log.append({ ...request, expectedRevision: 0 })).toHaveLength(1);
      expect(await opened.log.findCommand(request.command.id)).toMatchObject({ revision: 1 });
    });
  });

  describe('while an attempt of a command is open', () => {
    it('takes no other stream for its id, because it may still be done there', async () => {
      const request = appendRequest();
      const held = double.faults.holdAppend(isLog);
      const first = opened.log.append(request);
      await held.arrived;
      const elsewhere = { ...appendRequest(), command: { ...request.command, fingerprint: 'another' } };
      const refused = (await opened.another()).append(elsewhere);
      await expect(refused).rejects.toMatchObject({
        name: 'CommandRepeated',
        known: { stream: request.stream, fingerprint: request.command.fingerprint },
      });
      held.letGo();
      expect(await everything()).toEqual(await first);
    });

    it('does not remember that it changed nothing', async () => {
      const request = appendRequest();
      const held = double.faults.holdAppend(isLog);
      const first = opened.log.append(request);
      await held.arrived;
      const idle = (await opened.another()).append({ ...request, events: [] });
      await expect(idle).rejects.toThrow('may still be under way');
      held.letGo();
      await first;
      expect(await opened.log.findCommand(request.command.id)).toMatchObject({ revision: 0 });
    });
  });

  describe('when the server goes', () => {
    it('asks again where the connection of a read is cut, before its first event or after some', async () => {
      const appended = await opened.log.append(
        appendRequest({ events: Array.from({ length: 10 }, () => factOf('TicketNoted')) }),
      );
      double.faults.cutNextRead(0);
      expect(await everything()).toEqual(appended);
      double.faults.cutNextRead(4);
      expect(await opened.log.readStream(appended[0]!.stream)).toEqual(appended);
    });

    it('goes on with what was stored when it is back, and what failed meanwhile was not stored', async () => {
      const before = await opened.log.append(appendRequest());
      const request = appendRequest();
      double.stop();
      await expect(opened.log.append(request)).rejects.toThrow();
      await expect(everything()).rejects.toThrow();
      await double.restart();
      expect(await everything()).toEqual(before);
      const after = await opened.log.append(request);
      expect(await everything()).toEqual([...before, ...after]);
      expect(await opened.log.head()).toBe(after[0]?.position);
    });

    it('can be opened before it is there', async () => {
      double.stop();
      const early = emptyKurrentLog(double.url);
      await expect(early.log.head()).rejects.toThrow();
      await expect(early.log.append(appendRequest())).rejects.toThrow();
      await double.restart();
      expect(await early.log.head()).toBe(0n);
      expect(await early.log.append(appendRequest())).toHaveLength(1);
      await early.close();
    });

    it('does not know the outcome of an append whose connection is cut, and the same command can be sent again', async () => {
      const request = appendRequest();
      const held = double.faults.holdAppend(isLog);
      const outcome = opened.log.append(request).catch((error: unknown) => error);
      await held.arrived;
      double.cutConnections();
      expect(await outcome).toBeInstanceOf(Error);
      expect(await outcome).not.toBeInstanceOf(VersionConflict);
      held.letGo();
      await opened.log.append(request).catch((error: unknown) => error);
      expect(await everything()).toHaveLength(1);
    });

    it('gives up where no answer comes', async () => {
      const { plugin } = opened;
      const log = new KurrentEventLog({ url: double.url, plugin, deadlineMs: 200 });
      const letGo = double.faults.holdReads();
      await expect(log.head()).rejects.toThrow('did not answer within 200 ms');
      letGo();
      expect(await log.head()).toBe(0n);
      await log.close();
    });
  });

  it('refuses events that are together more than the server takes, and keeps nothing of them', async () => {
    const text = 'x'.repeat(250_000);
    const request = appendRequest({
      events: Array.from({ length: 5 }, () => factOf('TicketNoted', { text })),
    });
    await expect(opened.log.append(request)).rejects.toThrow(UnstorableEvent);
    expect(await everything()).toEqual([]);
    expect(await opened.log.findCommand(request.command.id)).toBeUndefined();
    expect(await opened.log.append({ ...request, events: request.events.slice(0, 4) })).toHaveLength(4);
  });

  it('does not see the events of a plugin whose name begins with its own', async () => {
    const neighbour = emptyKurrentLog(double.url, `${opened.plugin}-care`);
    await neighbour.log.append(appendRequest());
    const ours = await opened.log.append(appendRequest());
    expect(await everything()).toEqual(ours);
    expect(await opened.log.head()).toBe(ours[0]?.position);
    await neighbour.close();
  });

  it('says so where somebody else wrote into its streams', async () => {
    const intruder = emptyKurrentLog(double.url, `${opened.plugin}/ticket`);
    await intruder.log.append(appendRequest());
    await intruder.close();
    await expect(everything()).rejects.toThrow('was not written by a log of Weinao');
  });

  describe('asks the server', () => {
    it('twice to append one event, once more for several, and once for a command without any', async () => {
      const opening = appendRequest();
      expect(await asked(() => opened.log.append(opening))).toEqual({ append: 2, read: 0 });
      const events = [factOf('TicketAssigned'), factOf('TicketStarted')];
      const several = appendRequest({ stream: opening.stream, expectedRevision: 0, events });
      expect(await asked(() => opened.log.append(several))).toEqual({ append: 2, read: 1 });
      const idle = appendRequest({ stream: opening.stream, expectedRevision: 2, events: [] });
      expect(await asked(() => opened.log.append(idle))).toEqual({ append: 1, read: 1 });
    });

    it('once for a command that is not known, and twice for one that is', async () => {
      const request = appendRequest();
      await opened.log.append(request);
      const { id } = request.command;
      expect(await asked(() => opened.log.findCommand(newId()))).toEqual({ append: 0, read: 1 });
      expect(await asked(() => opened.log.findCommand(id))).toEqual({ append: 0, read: 2 });
    });

    it('twice for a page, and once where only others wrote since and nothing came', async () => {
      await opened.log.append(appendRequest());
      expect(await asked(everything)).toEqual({ append: 0, read: 2 });
      const { position: after } = (await everything())[0]!;
      const look = (): Promise<unknown> => opened.log.read({ after, limit: 10 });
      expect(await asked(look)).toEqual({ append: 0, read: 1 });
      const neighbour = emptyKurrentLog(double.url);
      await neighbour.log.append(appendRequest());
      await neighbour.close();
      expect(await asked(look)).toEqual({ append: 0, read: 2 });
      expect(await asked(look)).toEqual({ append: 0, read: 1 });
      expect(await asked(() => opened.log.head())).toEqual({ append: 0, read: 2 });
      expect(await asked(() => opened.log.head())).toEqual({ append: 0, read: 1 });
    });
  });
});
