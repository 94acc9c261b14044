import type { Edit, Plant } from './plant.ts';
import { checkpointOutside, outageWithoutCode, writeBehind } from './shared.edits.ts';

const HANDLER = 'libs/events/decision/command-handler.ts';
const CONSUMER = 'libs/events/publication/consumer.ts';

const REACTION = 'libs/events/reaction/reaction-handler.ts';

const withoutGapCheck: Edit = {
  file: CONSUMER,
  find: 'if (BigInt(event.previous) === this.position) await this.handle(event);\n    else this.behind = true;',
  replace: 'await this.handle(event);',
};

export const crashPlants: readonly Plant[] = [
  {
    name: 'write-behind',
    about: 'an append is answered from memory and written a moment later',
    proof: 'crash',
    breaks: 'acknowledged',
    edits: [writeBehind],
  },
  {
    name: 'idempotency-key-ignored',
    about: 'a request that comes again is a new one',
    proof: 'crash',
    breaks: 'acknowledged',
    edits: [
      {
        file: 'libs/plugins/service/plugin-request.ts',
        find: 'if (idempotencyKey === undefined)',
        replace: 'if (idempotencyKey !== "")',
      },
    ],
  },
  {
    name: 'event-that-nobody-sent',
    about: 'now and then a command is carried out once more, with other words and for another errand',
    proof: 'crash',
    breaks: 'unknown',
    edits: [
      {
        file: 'libs/plugins/service/commands.ts',
        find: 'request.wrote(outcome.position);',
        replace: `request.wrote(outcome.position);
        const other = { ...what, id: id + '-again', commandId: crypto.randomUUID() };
        const words = { ...command, title: 'nobody', text: 'nobody' };
        if (Math.random() < 0.1) await this.handler.handle(decider, { ...other, command: words }).catch(() => undefined);`,
      },
    ],
  },
  {
    name: 'repetition-answered-from-now',
    about: 'a repeated command is answered with the state that others have made of it since',
    proof: 'crash',
    breaks: 'answers',
    edits: [{ file: HANDLER, find: 'decider, stream, known.revision)', replace: 'decider, stream)' }],
  },
  {
    name: 'outage-without-a-code',
    about: 'a database that is away is told as a fault of the program',
    proof: 'crash',
    breaks: 'outages',
    edits: [outageWithoutCode],
  },
  {
    name: 'broken-connection-ends-the-process',
    about: 'nobody listens to the errors of a connection',
    proof: 'crash',
    breaks: 'survival',
    edits: [
      {
        file: 'libs/plugins/service/plugin-database.ts',
        find: "pool.on('error', broken);",
        replace: '',
      },
    ],
  },
  {
    name: 'head-moved-at-the-start',
    about: 'setting up the tables of a log that is there already moves its head',
    proof: 'crash',
    breaks: 'gapless',
    edits: [
      {
        file: 'libs/events/log/postgres.schema.ts',
        find: 'values (0) on conflict do nothing;',
        replace:
          'values (0) on conflict (only_row) do update set position = head.position + 1 where head.position > 50;',
      },
    ],
  },
  {
    name: 'checkpoint-outside-the-transaction',
    about: 'a projection’s checkpoint is moved in a transaction of its own, before its rows',
    proof: 'crash',
    breaks: 'projections',
    edits: [checkpointOutside],
  },
  {
    name: 'consumer-passes-over-gaps',
    about: 'a consumer takes the next event that it hears, whatever it missed before',
    proof: 'crash',
    breaks: 'consumers',
    edits: [withoutGapCheck],
  },
  {
    name: 'consumer-takes-twice',
    about: 'a consumer handles what it is told, also when it was told before',
    proof: 'crash',
    breaks: 'consumers',
    edits: [
      { file: CONSUMER, find: 'if (BigInt(event.sequence) <= this.position) return;', replace: '' },
      withoutGapCheck,
    ],
  },
  {
    name: 'link-not-from-the-last-event',
    about: 'each batch begins a hash chain of its own',
    proof: 'crash',
    breaks: 'chain',
    edits: [
      {
        file: 'libs/events/log/postgres.schema.ts',
        find: '${schema}.chain(last.link, ',
        replace: "${schema}.chain(decode(repeat('00', 32), 'hex'), ",
      },
    ],
  },
  {
    name: 'reaction-with-a-new-command-id',
    about: 'the id of a reaction’s command does not derive from the event, so that nobody knows it again',
    proof: 'crash',
    breaks: 'reactions',
    edits: [
      {
        file: REACTION,
        find: "commandIdParts: ['reaction', plugin, reaction.name, event.id, index],",
        replace: "commandIdParts: ['reaction', plugin, reaction.name, event.id, index, Math.random()],",
      },
      {
        file: REACTION,
        find: 'return this.checkpoint.moveTo(',
        replace: 'await setTimeout(200); // as on a busy machine\n    return this.checkpoint.moveTo(',
      },
    ],
  },
  {
    name: 'reaction-checkpoint-first',
    about: 'a reaction’s checkpoint is moved before its commands are done',
    proof: 'crash',
    breaks: 'reactions',
    edits: [
      {
        file: REACTION,
        find: 'for (let from = 0; from < followed.length; from += MOST_AT_ONCE) {',
        replace: `if (!(await this.checkpoint.moveTo(this.options.pool, events.at(-1)!.position, true))) return false;
    await setTimeout(200); // as on a busy machine
    for (let from = 0; from < followed.length; from += MOST_AT_ONCE) {`,
      },
    ],
  },
  {
    name: 'timer-deleted-before-its-command',
    about: 'a timer is deleted for good before what it is for is done',
    proof: 'crash',
    breaks: 'timers',
    edits: [
      {
        file: 'libs/events/timer/timer-runner.ts',
        find: 'await firing.fire(claimed);',
        replace: `await deleteTimers(client, plugin, claimed);
      await client.query('commit');
      await client.query('begin');
      await new Promise((resolve) => setTimeout(resolve, 200)); // as on a busy machine
      await firing.fire(claimed);`,
      },
    ],
  },
];
