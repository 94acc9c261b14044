import { definePlugin } from '@weinao/plugins';
import { Addressing } from './graphql/addressing.ts';
import { NoticeLiveResolver } from './graphql/notice-live.resolver.ts';
import { NoticeMutationsResolver } from './graphql/notice-mutations.resolver.ts';
import { NoticeQueriesResolver } from './graphql/notice-queries.resolver.ts';
import { ReachResolver } from './graphql/reach.resolver.ts';
import { RegisteredScreenResolver, ScreensResolver } from './graphql/screens.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764400000000 } from './migrations/1764400000000-create-read-models.ts';
import { expiryTimer } from './reactions/expiry.timer.ts';
import { publicationReaction } from './reactions/publication.reaction.ts';
import { publicationTimer } from './reactions/publication.timer.ts';
import { residentReaction } from './reactions/resident.reaction.ts';
import { AddresseeReader } from './read/addressee.reader.ts';
import { addresseesProjection } from './read/addressees.projection.ts';
import { NoticeReader } from './read/notice.reader.ts';
import { noticesProjection } from './read/notices.projection.ts';
import { ScreenReader } from './read/screen.reader.ts';
import { screensProjection } from './read/screens.projection.ts';
import { PlaylistEdge } from './screens/playlist.edge.ts';
import { ScreenFeed } from './screens/screen.feed.ts';

export const plugin = definePlugin({
  manifest,
  personal: { AddresseeNoted: ['birthDate', 'tags'] },
  projections: [noticesProjection, addresseesProjection, screensProjection],
  reactions: [residentReaction, publicationReaction],
  timers: [publicationTimer, expiryTimer],
  migrations: [CreateReadModels1764400000000],
  readers: [NoticeReader, AddresseeReader, ScreenReader],
  providers: [Addressing],
  resolvers: {
    community: [
      NoticeQueriesResolver,
      ReachResolver,
      NoticeLiveResolver,
      NoticeMutationsResolver,
      ScreensResolver,
      RegisteredScreenResolver,
    ],
  },
  edges: [{ method: 'GET', path: 'screens/:screen/playlist', handler: PlaylistEdge }],
  feeds: [
    {
      path: 'screens/:screen/feed',
      follows: ['NoticePublished', 'NoticeWithdrawn', 'NoticeExpired'],
      handler: ScreenFeed,
    },
  ],
});
