import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { AddresseeRow } from './addressee.row.ts';
import type { AddresseeEvent } from '../domain/addressee.events.ts';

const keyOf = ({ stream, metadata: { communityId } }: Recorded<AddresseeEvent>) => ({
  communityId,
  residentId: idOfStream(stream),
});

const isOfAddressee = ({ type }: { readonly type: string }): boolean =>
  type === 'AddresseeNoted' || type === 'AddresseeLeft';

export const addresseesProjection: Projection<AddresseeEvent> = {
  name: 'addressees',
  version: 1,
  tables: [{ type: AddresseeRow, table: 'addressee', key: ['communityId', 'residentId'] }],

  touches: (event) => (isOfAddressee(event) ? [rowKey(AddresseeRow, keyOf(event))] : []),

  fold(event, rows) {
    const key = keyOf(event);
    if (event.type === 'AddresseeNoted') rows.put(AddresseeRow, { ...key, ...event.data });
    if (event.type === 'AddresseeLeft') rows.remove(AddresseeRow, key);
  },
};
