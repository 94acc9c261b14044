import { rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DataSource } from 'typeorm';
import type { WishMade } from './wish.decider.ts';

@Entity('wish')
export class WishRow {
  @PrimaryColumn('text')
  communityId: string;

  @PrimaryColumn('text')
  id: string;

  @Column('text')
  text: string;
}

const keyOf = ({
  stream,
  metadata: { communityId },
}: Recorded<WishMade>): { communityId: string; id: string } => ({
  communityId,
  id: stream.slice(stream.lastIndexOf('/') + 1),
});

export const wishesProjection: Projection<WishMade> = {
  name: 'wishes',
  version: 1,
  tables: [{ type: WishRow, table: 'wish', key: ['communityId', 'id'] }],
  touches: (event) => [rowKey(WishRow, keyOf(event))],
  fold: (event, rows) => rows.put(WishRow, { ...keyOf(event), text: event.data.text }),
};

export class WishReader {
  constructor(private readonly database: DataSource) {}

  of(communityId: string): Promise<WishRow[]> {
    return this.database.getRepository(WishRow).find({ where: { communityId }, order: { text: 'ASC' } });
  }
}
