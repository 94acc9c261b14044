import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1780000000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table "lost-and-found".found_thing (
        community_id text not null,
        id           text not null,
        what         text not null,
        place        text not null,
        status       text not null,
        reported_at  timestamptz not null,
        claimed_by   text,
        proof        text,
        constraint "PK_found_thing" primary key (community_id, id)
      )`);
    await runner.query(`
      create index found_thing_by_time on "lost-and-found".found_thing (community_id, reported_at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "lost-and-found".found_thing');
  }
}
