import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRefusedPlugin1764400000000 implements MigrationInterface {
  readonly name = 'CreateRefusedPlugin1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table communities.refused_plugin (
        plugin_id text not null,
        refusals  jsonb not null,
        constraint "PK_refused_plugin" primary key (plugin_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table communities.refused_plugin');
  }
}
