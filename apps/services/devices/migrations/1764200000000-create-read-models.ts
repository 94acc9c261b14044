import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764200000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table devices.device (
        community_id text not null,
        id           text not null,
        kind         text not null,
        model        text,
        location     jsonb,
        online       boolean not null,
        last_seen_at timestamptz,
        last_reading jsonb,
        token_hash   text not null,
        constraint "PK_device" primary key (community_id, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table devices.device');
  }
}
