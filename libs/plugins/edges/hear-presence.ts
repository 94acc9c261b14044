import type { INestMicroservice } from '@nestjs/common';
import type { Bus, BusSubscription } from '@weinao/events';
import { FeedController } from './feed.controller.ts';
import { tellsPresence } from './feed.ts';
import type { Plugin } from '../plugin.ts';
import { edgeSubjects } from '../wire/edge.protocol.ts';
import type { FeedPresence } from '../wire/edge.protocol.ts';

/** Lets the feeds of this replica know who is connected; every replica hears it, because none asks another. */
export function hearPresence(
  { manifest, feeds = [] }: Plugin,
  bus: Bus,
  application: INestMicroservice,
): BusSubscription | undefined {
  if (!feeds.some(tellsPresence)) return undefined;
  const controller = application.get(FeedController);
  return bus.subscribe(edgeSubjects.seen(manifest.id), ({ text }) => {
    void controller.seen(JSON.parse(text) as FeedPresence);
  });
}
