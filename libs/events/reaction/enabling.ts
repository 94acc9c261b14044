import type { ReactorOptions } from './reactor.options.ts';

/** Looks back whenever a community may have turned the plugin on. @returns how to stop */
export function listenForEnabling(
  { communities, reaction, report }: ReactorOptions,
  lookBack: () => Promise<void>,
): () => void {
  return communities.onChange(() => {
    lookBack().catch((error: unknown) => {
      report(`Reaction ${reaction.name} catches up with the next event only`, error);
    });
  });
}
