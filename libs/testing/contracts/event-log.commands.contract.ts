import { describe, expect, it } from '@jest/globals';
import { CommandRepeated, newId } from '@weinao/events';
import type { AppendRequest, EventLog } from '@weinao/events';
import { appendRequest, factOf } from './append.builder.ts';
import type { OpenEventLog } from './event-log.opening.ts';

const refusal = (log: EventLog, request: AppendRequest): Promise<unknown> =>
  log.append(request).then(
    () => 'appended',
    (error: unknown) => error,
  );

export function commandsContract(opened: () => OpenEventLog): void {
  describe('commands', () => {
    it('knows the revision that a command reached, also after later ones', async () => {
      const { log, another } = opened();
      const opening = appendRequest({ events: [factOf('TicketOpened'), factOf('TicketAssigned')] });
      await log.append(opening);
      await log.append({ ...appendRequest(), stream: opening.stream, expectedRevision: 1 });
      const known = { stream: opening.stream, revision: 1, fingerprint: opening.command.fingerprint };
      expect(await log.findCommand(opening.command.id)).toEqual(known);
      expect(await (await another()).findCommand(opening.command.id)).toEqual(known);
    });

    it('knows nothing of a command that was never done', async () => {
      expect(await opened().log.findCommand(newId())).toBeUndefined();
    });

    it('tells a repeated command what is known of the first, whatever it wants now', async () => {
      const { log, another } = opened();
      const first = appendRequest();
      await log.append(first);
      const elsewhere = { ...appendRequest(), command: { id: first.command.id, fingerprint: 'another' } };
      for (const again of [first, { ...first, expectedRevision: 0 }, elsewhere]) {
        for (const appender of [log, await another()]) {
          const error = await refusal(appender, again);
          expect(error).toBeInstanceOf(CommandRepeated);
          expect((error as CommandRepeated).known).toEqual({
            stream: first.stream,
            revision: 0,
            fingerprint: first.command.fingerprint,
          });
        }
      }
      expect(await log.read({ after: 0n, limit: 10 })).toHaveLength(1);
    });

    it('remembers a command that changed nothing', async () => {
      const { log } = opened();
      const opening = appendRequest();
      await log.append(opening);
      const idle = appendRequest({ stream: opening.stream, expectedRevision: 0, events: [] });
      const untouched = appendRequest({ events: [] });
      expect(await log.append(idle)).toEqual([]);
      expect(await log.append(untouched)).toEqual([]);
      expect(await log.findCommand(idle.command.id)).toMatchObject({ stream: opening.stream, revision: 0 });
      expect(await log.findCommand(untouched.command.id)).toMatchObject({
        stream: untouched.stream,
        revision: -1,
      });
      expect(await refusal(log, idle)).toBeInstanceOf(CommandRepeated);
      expect(await log.read({ after: 0n, limit: 10 })).toHaveLength(1);
    });

    it('does a command once that comes twenty times at the same moment, to two appenders', async () => {
      const { log, another } = opened();
      const second = await another();
      const request = appendRequest();
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => refusal(index % 2 ? log : second, request)),
      );
      expect(results.filter((result) => result === 'appended')).toHaveLength(1);
      expect(results.filter((result) => result instanceof CommandRepeated)).toHaveLength(19);
      expect(await log.read({ after: 0n, limit: 10 })).toHaveLength(1);
    });
  });
}
