import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReadModels1764400000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notices.notice (
        community_id       text not null,
        id                 text not null,
        title              text not null,
        body               text not null,
        status             text not null,
        audience           jsonb not null,
        must_read          boolean not null,
        urgent             boolean not null,
        on_screens         boolean not null,
        written_at         timestamptz not null,
        published_at       timestamptz,
        expires_at         timestamptz,
        addressed          integer,
        published_position bigint,
        ended_position     bigint,
        constraint "PK_notice" primary key (community_id, id)
      )`);
    await runner.query('create index notice_by_time on notices.notice (community_id, written_at, id)');
    await runner.query(`
      create table notices.notice_addressee (
        community_id    text not null,
        notice_id       text not null,
        resident_id     text not null,
        acknowledged_at timestamptz,
        constraint "PK_notice_addressee" primary key (community_id, notice_id, resident_id)
      )`);
    await runner.query(`
      create table notices.addressee (
        community_id text not null,
        resident_id  text not null,
        building     text,
        birth_date   text,
        tags         jsonb not null,
        constraint "PK_addressee" primary key (community_id, resident_id)
      )`);
    await runner.query('create index addressee_by_building on notices.addressee (community_id, building)');
    await runner.query(`
      create table notices.screen (
        community_id text not null,
        id           text not null,
        name         text not null,
        building     text,
        token_hash   text not null,
        constraint "PK_screen" primary key (community_id, id)
      )`);
    await runner.query(`
      create table notices.screen_presence (
        community_id text not null,
        id           text not null,
        last_seen_at timestamptz not null,
        constraint "PK_screen_presence" primary key (community_id, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['screen_presence', 'screen', 'addressee', 'notice_addressee', 'notice'])
      await runner.query(`drop table notices.${table}`);
  }
}
