import type { Edit, Plant } from './plant.ts';

const LOG = 'libs/events/log/postgres-event.log.ts';
const SCHEMA = 'libs/events/log/postgres.schema.ts';
const FOLLOWER = 'libs/events/projection/follower.ts';

const withoutVersionCheck: Edit = {
  file: SCHEMA,
  find: 'and r.expected = coalesce((select max(e.revision) from ${schema}.events e where e.stream = r.stream), -1)',
  replace: '',
};

export const orderPlants: readonly Plant[] = [
  {
    name: 'acknowledged-before-commit',
    about: 'an append is answered while its transaction is still open',
    proof: 'order',
    breaks: 'acknowledged',
    edits: [
      {
        file: LOG,
        find: 'const { rows } = await this.pool.query<Verdict>({',
        replace: `const { rows } = await (async (statement: pg.QueryConfig) => {
          const client = await this.pool.connect();
          await client.query('begin');
          const result = await client.query<Verdict>(statement);
          setTimeout(() => void client.query('commit').finally(() => client.release()).catch(() => undefined), 20);
          return result;
        })({`,
      },
    ],
  },
  {
    name: 'no-dedup',
    about: 'a command that was done before is done again',
    proof: 'order',
    breaks: 'once',
    edits: [
      {
        file: SCHEMA,
        find: '(select c.revision from ${schema}.commands c where c.id = r.command) is null\n        and ',
        replace: '',
      },
      {
        file: SCHEMA,
        find: 'where passed[r.request];',
        replace: 'where passed[r.request] on conflict do nothing;',
      },
    ],
  },
  {
    name: 'conflict-told-to-the-whole-batch',
    about: 'one conflict in a batch is told to all of it, though the others are stored',
    proof: 'order',
    breaks: 'refused',
    edits: [
      {
        file: LOG,
        find: 'const known = refused.get(index + 1);',
        replace: 'const known = refused.size > 0 ? (refused.get(index + 1) ?? null) : undefined;',
      },
    ],
  },
  {
    name: 'batch-not-atomic',
    about: 'the events of one append are stored one after the other',
    proof: 'order',
    breaks: 'whole',
    edits: [
      {
        file: LOG,
        find: 'return this.queue.submit({ request, serialized, bytes });',
        replace: `const stored: Recorded[] = [];
        for (const [index, event] of request.events.entries()) {
          const command = index === 0 ? request.command : { ...request.command, id: event.id };
          const expectedRevision = request.expectedRevision + index;
          const one = { ...request, expectedRevision, events: [event], command };
          stored.push(...(await this.queue.submit({ request: one, serialized: [serialized[index]!], bytes })));
        }
        return stored;`,
      },
    ],
  },
  {
    name: 'conflict-not-checked',
    about: 'events go to the end of their stream, whatever they were decided on',
    proof: 'order',
    breaks: 'conflicts',
    edits: [
      withoutVersionCheck,
      {
        file: SCHEMA,
        find: 'to_revision[request] := r_expected[request] - place;',
        replace:
          'to_revision[request] := coalesce((select max(v.revision) from ${schema}.events v where v.stream = r_stream[request]), -1) - place;',
      },
    ],
  },
  {
    name: 'revisions-not-unique',
    about: 'nothing keeps two events from the same place in a stream',
    proof: 'order',
    breaks: 'revisions',
    edits: [
      withoutVersionCheck,
      { file: SCHEMA, find: 'unique (stream, revision)', replace: 'check (true)' },
    ],
  },
  {
    name: 'positions-for-the-refused',
    about: 'the head moves on also for events that were refused',
    proof: 'order',
    breaks: 'gapless',
    edits: [
      {
        file: SCHEMA,
        find: 'set position = last.position, link',
        replace: 'set position = position_before + cardinality(e_request), link',
      },
    ],
  },
  {
    name: 'paging-by-bare-sequence',
    about: 'positions come from a sequence, and nobody waits for those who took one before',
    proof: 'order',
    breaks: 'readers',
    edits: [
      { file: LOG, find: 'assertWithoutGaps(after, events);', replace: '' },
      {
        file: SCHEMA,
        find: 'create table if not exists ${schema}.commands (',
        replace:
          'create sequence if not exists ${schema}.positions increment 1000;\n  create table if not exists ${schema}.commands (',
      },
      {
        file: SCHEMA,
        find: 'select * into strict last from ${schema}.head for update;',
        replace:
          "select * into strict last from ${schema}.head; last.position := nextval('${schema}.positions');",
      },
      {
        file: SCHEMA,
        find: 'set position = last.position, link',
        replace: 'set position = greatest(position, last.position), link',
      },
    ],
  },
  {
    name: 'follower-before-the-page-is-done',
    about: 'a follower stands behind a page that it has not yet handled, and stays there when that fails',
    proof: 'order',
    breaks: 'readers',
    edits: [
      {
        file: FOLLOWER,
        find: 'if (!(await this.options.handle(page, after)) || this.stale) return false;\n    this.moveTo(last);',
        replace:
          'this.moveTo(last);\n    if (!(await this.options.handle(page, after)) || this.stale) return false;',
      },
      {
        file: FOLLOWER,
        find: 'loaded = false;\n        this.ahead = undefined;',
        replace: 'this.ahead = undefined;',
      },
    ],
  },
];
