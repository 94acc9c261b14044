import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import type { KeyEvent } from './domain/key.decider.ts';

@Entity('key')
export class KeyRow {
  @PrimaryColumn('text')
  communityId: string;

  @PrimaryColumn('text')
  id: string;

  @Column('text')
  label: string;

  @Column('text')
  state: string;
}

const keyOf = ({ stream, metadata: { communityId } }: Recorded<KeyEvent>) => ({
  communityId,
  id: idOfStream(stream),
});

export const keysProjection: Projection<KeyEvent> = {
  name: 'keys',
  version: 1,
  tables: [{ type: KeyRow, table: 'key', key: ['communityId', 'id'] }],
  touches: (event) => [rowKey(KeyRow, keyOf(event))],
  fold(event, rows) {
    const key = keyOf(event);
    const label = event.type === 'KeyCut' ? event.data.label : (rows.get(KeyRow, key)?.label ?? '');
    rows.put(KeyRow, { ...key, label, state: event.type });
  },
};

export class CreateKeys1764000000000 implements MigrationInterface {
  readonly name: string = 'CreateKeys1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table if not exists keys.key (community_id text, id text, label text not null, state text not null, primary key (community_id, id))',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table keys.key');
  }
}

export class KeyReader {
  constructor(private readonly database: DataSource) {}

  /** @param communityId of any where it is left out */
  find(id: string, communityId?: string): Promise<KeyRow | null> {
    const where = communityId === undefined ? { id } : { id, communityId };
    return this.database.manager.findOne(KeyRow, { where });
  }
}
