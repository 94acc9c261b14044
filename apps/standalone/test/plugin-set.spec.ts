import { describe, expect, it } from '@jest/globals';
import { definePlugin, StartupError } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';
import { plugins } from '../plugins.ts';
import { assertPluginSet } from '../plugin-set.ts';
import { startStandalone } from '../start-standalone.ts';

interface Relations {
  readonly requires?: string[];
  readonly publishes?: string[];
  readonly consumes?: string[];
}

const plugin = (id: string, { requires = [], publishes = [], consumes = [] }: Relations = {}): Plugin =>
  definePlugin({
    manifest: {
      ...{ id, name: { zh: '插件', en: id }, version: '0.1.0', permissions: [] },
      ...{ requires, publishes, consumes },
    },
    projections: [],
    migrations: [],
    readers: [],
    resolvers: {},
  });

const refused = (...set: Plugin[]): string => {
  try {
    assertPluginSet(set);
    return 'not refused';
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as Error).message;
  }
};

describe('plugins that start together', () => {
  it('are ours, and any whose requirements are among them', () => {
    expect(refused(...plugins)).toBe('not refused');
    expect(refused(plugin('meals', { requires: ['canteen'] }), plugin('canteen'))).toBe('not refused');
  });

  it('are not those that require each other in a circle', () => {
    const circle = [
      plugin('meals', { requires: ['canteen'] }),
      plugin('canteen', { requires: ['kitchen'] }),
      plugin('kitchen', { requires: ['meals'] }),
    ];
    expect(refused(...circle)).toBe(
      'Plugins require each other in a circle: meals → canteen → kitchen → meals.',
    );
  });

  it('are not those of which one is missing', () => {
    expect(refused(plugin('meals', { requires: ['canteen'] }))).toBe(
      'The plugin meals requires canteen, which is not here.',
    );
  });

  it('may follow the events of plugins that are not here, but none that a plugin here does not publish', () => {
    const meals = plugin('meals', { consumes: ['canteen.MealCooked'] });
    expect(refused(meals)).toBe('not refused');
    expect(refused(meals, plugin('canteen', { publishes: ['MealCooked'] }))).toBe('not refused');
    expect(refused(meals, plugin('canteen'))).toBe(
      'The plugin meals follows canteen.MealCooked, which nobody publishes.',
    );
  });

  it('are looked at before anything starts', async () => {
    const steps: string[] = [];
    const start = startStandalone({
      plugins: [...plugins, plugin('meals', { requires: ['canteen'] })],
      directory: '/nowhere',
      port: 0,
      host: '127.0.0.1',
      report: (message) => void steps.push(message),
      progress: (step) => void steps.push(step),
      stopping: new AbortController().signal,
    });
    await expect(start).rejects.toThrow(StartupError);
    expect(steps).toEqual([]);
  });
});
