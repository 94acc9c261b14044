import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764300000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table facilities.facility (
        community_id text not null,
        id           text not null,
        kind         text not null,
        name         text not null,
        location     jsonb not null,
        latitude     double precision,
        longitude    double precision,
        attributes   jsonb,
        constraint "PK_facility" primary key (community_id, id)
      )`);
    await runner.query('create index facility_by_kind on facilities.facility (community_id, kind, id)');
    await runner.query(`
      create table facilities.hydrant_water (
        community_id text not null,
        id           text not null,
        has_water    boolean not null,
        pressure     double precision,
        read_at      timestamptz not null,
        constraint "PK_hydrant_water" primary key (community_id, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table facilities.hydrant_water');
    await runner.query('drop table facilities.facility');
  }
}
