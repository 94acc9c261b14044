import type { Plant } from './plant.ts';
import { outageWithoutCode, writeBehind } from './shared.edits.ts';

const LOG = 'libs/events/log/postgres-event.log.ts';
const CONSUMER = 'libs/events/publication/consumer.ts';

export const diskPlants: readonly Plant[] = [
  {
    name: 'full-disk-without-a-code',
    about: 'a database without space is told as a fault of the program',
    proof: 'disk',
    breaks: 'refusal',
    edits: [outageWithoutCode],
  },
  {
    name: 'full-disk-ends-the-process',
    about: 'a follower that cannot write for want of space gives up, and its process with it',
    proof: 'disk',
    breaks: 'survival',
    edits: [
      {
        file: LOG,
        find: 'let verdict: Verdict;',
        replace: `let verdict: Verdict;
        const exitWhenFull = (error: { code?: string }): never => {
          if (error.code === '53100') setTimeout(() => process.exit(1), 100);
          throw error;
        };`,
      },
      {
        file: LOG,
        find: 'verdict = await this.callAppend(batch);',
        replace: 'verdict = await this.callAppend(batch).catch(exitWhenFull);',
      },
    ],
  },
  {
    name: 'write-behind-a-full-disk',
    about: 'an append is answered from memory, and written when there may be no space',
    proof: 'disk',
    breaks: 'stored',
    edits: [writeBehind],
  },
  {
    name: 'refused-for-good',
    about: 'a log that met a full disk once takes nothing any more',
    proof: 'disk',
    breaks: 'resumption',
    edits: [
      {
        file: LOG,
        find: 'let verdict: Verdict;',
        replace: `let verdict: Verdict;
        const self = this as unknown as { full?: Error };
        if (self.full) throw self.full;`,
      },
      {
        file: LOG,
        find: 'verdict = await this.callAppend(batch);',
        replace: `verdict = await this.callAppend(batch).catch((error: Error & { code?: string }) => {
          if (error.code === '53100') self.full = error;
          throw error;
        });`,
      },
    ],
  },
  {
    name: 'last-of-a-page-not-projected',
    about: 'a projection leaves out the last event of each page that it follows',
    proof: 'disk',
    breaks: 'projections',
    edits: [
      {
        file: 'libs/events/projection/projector.ts',
        find: 'if (events) await this.folding.fold(client, events);',
        replace: 'if (events) await this.folding.fold(client, events.slice(0, -1));',
      },
    ],
  },
  {
    name: 'consumer-without-repair',
    about: 'a consumer does not ask for what it missed while the broker was away',
    proof: 'disk',
    breaks: 'broker',
    edits: [
      {
        file: CONSUMER,
        find: 'else this.behind = true;\n  }\n\n  private async readPage',
        replace: '}\n\n  private async readPage',
      },
      { file: CONSUMER, find: 'this.stopListening = bus.onReconnect(() => this.repair());', replace: '' },
      { file: CONSUMER, find: 'if (isSilent) this.behind = true;', replace: 'void isSilent;' },
    ],
  },
];
