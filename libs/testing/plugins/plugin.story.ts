import type { Plugin } from '@weinao/plugins';
import type { AskedOperation } from './harness.viewer.ts';
import type { PluginHarness } from './plugin.harness.ts';

export interface PluginStory {
  readonly plugin: Plugin;
  /** The plugin's folder, which holds its contract/. */
  readonly folder: URL;
  /** Texts that the story leaves in its read models, and that nobody of another community may come to see. */
  readonly secrets: readonly string[];
  /** Plugins that run beside it. */
  readonly others?: readonly Plugin[];
  /** Folders of further plugins that a community may have beside it; those in folders next to its own always count. */
  readonly known?: readonly URL[];
  /** What the story needs beside the plugin; it stays until the harness is closed. */
  prepare?(harness: PluginHarness): Promise<void>;
  /**
   * What happens to the plugin in 桂花苑, through its API. Each mutation has an idempotency key of its own, the same
   * in every run, so that the story can be told twice. @returns the answers
   */
  sampleStory(harness: PluginHarness): Promise<unknown>;
}

/** What a story is told to, and what came of it. */
export interface ToldStory extends PluginStory {
  readonly harness: PluginHarness;
  readonly answers: unknown;
  /** Each operation of the story, in its order. */
  readonly asked: readonly AskedOperation[];
}

/** A community beside, where the plugin is on too and nothing ever happened. */
export const NEIGHBOUR = 'reed-lake';
/** Another one. */
export const FARTHER_NEIGHBOUR = 'maple-lake';
