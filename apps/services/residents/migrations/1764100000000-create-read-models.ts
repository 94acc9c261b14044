import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764100000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table residents.resident (
        community_id text not null,
        id           text not null,
        name         text not null,
        birth_date   text,
        phone        text,
        building     text,
        unit         text,
        room         text,
        lives_alone  boolean,
        tags         jsonb not null,
        constraint "PK_resident" primary key (community_id, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table residents.resident');
  }
}
