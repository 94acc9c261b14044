import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764100000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table alerts.alert (
        community_id    text not null,
        id              text not null,
        kind            text not null,
        title           text not null,
        severity        text not null,
        status          text not null,
        drill           boolean not null,
        location        jsonb,
        source_id       text,
        signals         integer not null,
        raised_at       timestamptz not null,
        acknowledged_at timestamptz,
        acknowledged_by text,
        escalations     integer not null,
        resolved_at     timestamptz,
        note            text,
        constraint "PK_alert" primary key (community_id, id)
      )`);
    await runner.query('create index alert_by_time on alerts.alert (community_id, raised_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table alerts.alert');
  }
}
