import { parentPort } from 'node:worker_threads';
import { compose } from '@weinao/composition';
import { print } from 'graphql';
import type { Composed, ComposeReply, ComposeRequest } from './composer.ts';

/** The thread of the composer: composes one set after the other, as they are asked for. */
parentPort!.on('message', ({ subgraphs }: ComposeRequest) => parentPort!.postMessage(reply(subgraphs)));

function reply(subgraphs: ComposeRequest['subgraphs']): ComposeReply {
  try {
    return { composed: composed(subgraphs) };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

/** Texts, because documents with their places in the source are many times as large on their way to the other thread. */
function composed(definitions: ComposeRequest['subgraphs']): Composed {
  const { supergraph, publicSdl, subgraphs } = compose(definitions);
  const texts = subgraphs.map(({ plugin, document }) => ({ plugin, sdl: print(document) }));
  return { supergraphSdl: print(supergraph), publicSdl, subgraphs: texts };
}
