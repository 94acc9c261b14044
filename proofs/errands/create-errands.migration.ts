import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateErrands1764000000000 implements MigrationInterface {
  readonly name = 'CreateErrands1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table errands.errand (
        community_id text, id text, title text not null, notes integer not null, last_note text,
        primary key (community_id, id)
      )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table errands.errand');
  }
}
