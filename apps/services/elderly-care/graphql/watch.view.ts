import { notFound } from '@weinao/plugins';
import type { WatchType } from './watch.type.ts';
import { isBlind } from '../domain/watch.state.ts';
import type { WatchState } from '../domain/watch.state.ts';

/** @throws CodedError NOT_FOUND for somebody who was never watched */
export function watchView(residentId: string, state: WatchState): WatchType {
  const { status } = state;
  if (status === null) throw notFound('watch of', residentId);
  return { ...state, status, residentId, resident: { id: residentId }, blind: isBlind(state) };
}
