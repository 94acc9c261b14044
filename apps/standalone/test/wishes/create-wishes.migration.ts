import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWishes1764000000000 implements MigrationInterface {
  readonly name = 'CreateWishes1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table wishes.wish (community_id text, id text, text text not null, primary key (community_id, id))',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table wishes.wish');
  }
}
