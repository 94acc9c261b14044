import type { Plant } from './plant.ts';

const RUNNER = 'libs/events/timer/timer-runner.ts';
const KEEPER = 'libs/events/timer/timer-keeper.ts';
const LOG_KEEPER = 'libs/events/due/log-keeper.ts';

export const timersPlants: readonly Plant[] = [
  {
    name: 'timer-only-in-memory',
    about: 'what waits is gone with the process that knew it',
    proof: 'timers',
    breaks: 'fired',
    edits: [
      {
        file: LOG_KEEPER,
        find: 'this.parked = await parkedStreams(pool, schema, name);',
        replace: `if (this.head === undefined)
      await inTransaction(pool, async (client) => (await this.options.clear(client), true));
    this.parked = await parkedStreams(pool, schema, name);`,
      },
    ],
  },
  {
    name: 'timer-lost-at-a-kill',
    about: 'a timer that is due is deleted, and then its command is done',
    proof: 'timers',
    breaks: 'fired',
    edits: [
      {
        file: RUNNER,
        find: 'const firing = new Firing(this.options, now);',
        replace: `await deleteTimers(client, plugin, claimed);
      await client.query('commit');
      await client.query('begin');
      const firing = new Firing(this.options, now);`,
      },
    ],
  },
  {
    name: 'timers-checkpoint-outside',
    about: 'the keeper’s checkpoint is moved, and then the rows of its page are written',
    proof: 'timers',
    breaks: 'fired',
    edits: [
      {
        file: LOG_KEEPER,
        find: 'if (!(await this.checkpoint.moveTo(client, position, true))) return false;',
        replace: `if (!(await this.checkpoint.moveTo(pool, position, true))) return false;
      await new Promise((resolve) => setTimeout(resolve, 20));`,
      },
    ],
  },
  {
    name: 'timer-twice',
    about: 'the id of a timer’s command is another one each time',
    proof: 'timers',
    breaks: 'once',
    edits: [
      {
        file: RUNNER,
        find: 'commandIdParts: [id, index],',
        replace: 'commandIdParts: [id, index, Math.random()],',
      },
    ],
  },
  {
    name: 'timer-early',
    about: 'what is due within the minute is taken along',
    proof: 'timers',
    breaks: 'early',
    edits: [
      {
        file: RUNNER,
        find: 'const which = { now, ...(await this.whose()) };',
        replace: 'const which = { ...(await this.whose()), now: new Date(now.getTime() + 60_000) };',
      },
    ],
  },
  {
    name: 'timer-by-another-clock',
    about: 'a timer’s command is decided by the clock of the machine, which shows another time',
    proof: 'timers',
    breaks: 'early',
    edits: [
      {
        file: RUNNER,
        find: 'new IntentHandler(options.log, () => now, options.report, options.snapshots);',
        replace: 'new IntentHandler(options.log, () => new Date(), options.report, options.snapshots);',
      },
    ],
  },
  {
    name: 'cancellation-ignored',
    about: 'a timer that is cancelled waits on',
    proof: 'timers',
    breaks: 'cancelled',
    edits: [{ file: KEEPER, find: 'last.filter(({ set }) => !set),', replace: '[],' }],
  },
];
