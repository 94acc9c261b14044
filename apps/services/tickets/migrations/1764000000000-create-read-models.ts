import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764000000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tickets.ticket (
        community_id text not null,
        id           text not null,
        number       integer not null,
        kind         text not null,
        category     text not null,
        title        text not null,
        description  text,
        location     jsonb,
        status       text not null,
        anonymous    boolean not null,
        opened_at    timestamptz not null,
        opened_by    text,
        assignee_id  text,
        resolution   text,
        stars        integer,
        external_id  text,
        constraint "PK_ticket" primary key (community_id, id)
      )`);
    await runner.query('create index ticket_by_opening on tickets.ticket (community_id, opened_at, id)');
    await runner.query(`
      create table tickets.ticket_event (
        community_id text not null,
        ticket_id    text not null,
        revision     integer not null,
        type         text not null,
        at           timestamptz not null,
        by           text,
        note         text,
        constraint "PK_ticket_event" primary key (community_id, ticket_id, revision)
      )`);
    await runner.query(`
      create table tickets.ticket_counter (
        community_id text not null,
        opened       integer not null,
        constraint "PK_ticket_counter" primary key (community_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ticket_counter', 'ticket_event', 'ticket'])
      await runner.query(`drop table tickets.${table}`);
  }
}
