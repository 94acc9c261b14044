import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764100000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table "elderly-care".watch (
        community_id         text not null,
        resident_id          text not null,
        status               text,
        threshold_hours      integer not null,
        last_sign_of_life_at timestamptz,
        last_source          text,
        due_at               timestamptz,
        paused_until         timestamptz,
        concern_since        timestamptz,
        escalations          integer not null,
        building             text,
        unit                 text,
        devices              jsonb not null,
        constraint "PK_watch" primary key (community_id, resident_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "elderly-care".watch');
  }
}
