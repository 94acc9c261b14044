import { setImmediate as nextTurn } from 'node:timers/promises';
import { compose } from '@weinao/composition';
import type { SubgraphDefinition } from '@weinao/composition';
import { fingerprint } from '@weinao/events';
import type { Announcement, Door } from '@weinao/plugins';
import { parse } from 'graphql';

/** Sets of subgraphs of which it is remembered whether they compose. */
const MOST_KNOWN = 1_000;
/** Beside it a schema of 256 KiB holds nothing that people wrote. */
const MOST_TOKENS = 100_000;

/** Whom an announcement has to go together with. */
export interface Surroundings {
  /** What is in force of itself. */
  readonly former: Announcement | undefined;
  /** What is in force of all others. */
  readonly others: readonly Announcement[];
  /** The other plugins of each distinct set with this one that communities have enabled. */
  readonly sets: readonly (readonly Announcement[])[];
}

/** Looks whether an announced schema goes together with what is in force. */
export class Fit {
  private readonly known = new Map<string, string | undefined>();

  /** Why it does not; undefined where it does. Gives way after each composition, which takes some 50 ms. */
  async problemOf(
    candidate: Announcement,
    { former, others, sets }: Surroundings,
  ): Promise<string | undefined> {
    const noSdl = sdlProblem(candidate);
    if (noSdl) return noSdl;
    const platform = others.filter(({ manifest }) => manifest.scope === 'platform');
    const alone =
      (await this.failure('platform', [candidate])) ??
      (await this.failure('community', [...platform, candidate]));
    if (alone) return `Its schema does not compose: ${alone}`;
    const together = await this.failure('community', [...others, candidate]);
    if (together) {
      const rival = await this.rivalOf(candidate, others, platform);
      if (rival) return rival;
      if ((await this.failure('community', withFormer(others, former))) === undefined)
        return `Its schema does not compose with those of all plugins: ${together}`;
    }
    for (const set of sets) {
      const inSet = await this.failure('community', [...set, candidate]);
      // what did not compose before is not this announcement's fault
      if (inSet && (await this.failure('community', withFormer(set, former))) === undefined)
        return `Its schema does not compose where communities have enabled it with ${names(set)}: ${inSet}`;
    }
    return undefined;
  }

  private async rivalOf(
    candidate: Announcement,
    others: readonly Announcement[],
    platform: readonly Announcement[],
  ): Promise<string | undefined> {
    for (const other of others.filter((one) => !platform.includes(one))) {
      const pair = await this.failure('community', [...platform, other, candidate]);
      if (pair && (await this.failure('community', [...platform, other])) === undefined)
        return `Its schema clashes with that of ${other.manifest.id}: ${pair}`;
    }
    return undefined;
  }

  private async failure(door: Door, announcements: readonly Announcement[]): Promise<string | undefined> {
    const subgraphs = subgraphsAt(door, announcements);
    if (subgraphs.length === 0) return undefined;
    const key = fingerprint([door, ...subgraphs.map(({ plugin, sdl }) => [plugin, sdl]).sort()]);
    if (!this.known.has(key)) {
      await nextTurn();
      this.remember(key, failureOf(subgraphs));
    }
    return this.known.get(key);
  }

  private remember(key: string, failure: string | undefined): void {
    if (this.known.size >= MOST_KNOWN) this.known.delete(this.known.keys().next().value!);
    this.known.set(key, failure);
  }
}

function failureOf(subgraphs: readonly SubgraphDefinition[]): string | undefined {
  try {
    compose(subgraphs);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function sdlProblem({ sdl }: Announcement): string | undefined {
  for (const [door, text] of Object.entries(sdl)) {
    try {
      parse(text, { maxTokens: MOST_TOKENS });
    } catch (error) {
      return `Its schema for the door ${door} is no SDL: ${(error as Error).message}`;
    }
  }
  return undefined;
}

const withFormer = (set: readonly Announcement[], former: Announcement | undefined): Announcement[] =>
  former ? [...set, former] : [...set];

const names = (set: readonly Announcement[]): string => set.map(({ manifest }) => manifest.id).join(', ');

const subgraphsAt = (door: Door, announcements: readonly Announcement[]): SubgraphDefinition[] =>
  announcements.flatMap(({ manifest, sdl }) => {
    const text = sdl[door];
    return text === undefined ? [] : [{ plugin: manifest.id, sdl: text }];
  });
