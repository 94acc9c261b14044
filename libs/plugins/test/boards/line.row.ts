import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import type { BoardEvent } from './board.decider.ts';
import { readAtOnePosition } from '../../index.ts';

@Entity('line')
export class LineRow {
  @PrimaryColumn('text')
  communityId: string;

  @PrimaryColumn('text')
  board: string;

  @PrimaryColumn('text')
  position: string;

  @Column('text')
  text: string;
}

const keyOf = ({ stream, position, metadata: { communityId } }: Recorded<BoardEvent>) => ({
  communityId,
  board: idOfStream(stream),
  position: position.toString().padStart(12, '0'),
});

export const linesProjection: Projection<BoardEvent> = {
  name: 'lines',
  version: 1,
  tables: [{ type: LineRow, table: 'line', key: ['communityId', 'board', 'position'] }],
  touches: (event) => [rowKey(LineRow, keyOf(event))],
  fold(event, rows) {
    if (event.type === 'LineWritten') rows.put(LineRow, { ...keyOf(event), text: event.data.text });
  },
};

export class CreateLines1764000000000 implements MigrationInterface {
  readonly name = 'CreateLines1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table boards.line (community_id text, board text, position text, text text not null, primary key (community_id, board, position))',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table boards.line');
  }
}

export class LineReader {
  constructor(private readonly database: DataSource) {}

  of(communityId: string, board: string, manager: EntityManager = this.database.manager): Promise<LineRow[]> {
    return manager.find(LineRow, { where: { communityId, board }, order: { position: 'ASC' } });
  }

  atOnePosition(communityId: string, board: string): Promise<{ position: string; value: LineRow[] }> {
    return readAtOnePosition(this.database, linesProjection, (manager) =>
      this.of(communityId, board, manager),
    );
  }
}
