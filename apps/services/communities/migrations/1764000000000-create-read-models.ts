import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764000000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table communities.community (
        id        text not null,
        name      text not null,
        time_zone text not null,
        constraint "PK_community" primary key (id)
      )`);
    await runner.query(`
      create table communities.enabled_plugin (
        community_id text not null,
        plugin_id    text not null,
        enabled_at   timestamptz not null,
        settings     jsonb not null,
        constraint "PK_enabled_plugin" primary key (community_id, plugin_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table communities.enabled_plugin');
    await runner.query('drop table communities.community');
  }
}
