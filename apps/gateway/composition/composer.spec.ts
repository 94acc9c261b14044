import { afterEach, describe, expect, it } from '@jest/globals';
import { CompositionFailed } from '@weinao/composition';
import { Composer, CompositionInterrupted } from './composer.ts';
import type { PluginSet } from './plugin-sets.ts';

let composer: Composer;

afterEach(() => composer.stop());

const alone = (plugin: string, sdl = `type Query { ${plugin}: ID }`): PluginSet => ({
  key: plugin,
  subgraphs: [{ plugin, sdl }],
});

describe('the composer', () => {
  it('makes of several subgraphs what clients see, and what says who answers', async () => {
    composer = new Composer();
    const subgraphs = [alone('watches'), alone('alerts')].flatMap((set) => set.subgraphs);
    const composed = await composer.compose({ key: 'both', subgraphs });
    expect(composed.publicSdl).toMatch(/type Query \{\s+alerts: ID\s+watches: ID\s+\}/);
    expect(composed.supergraphSdl).toMatch(/WATCHES @join__graph\(/);
    expect(composed.subgraphs.map(({ plugin }) => plugin)).toEqual(['watches', 'alerts']);
  });

  it('says why it cannot, and goes on', async () => {
    composer = new Composer();
    const broken = composer.compose(alone('watches', 'type Query {'));
    const next = composer.compose(alone('alerts'));
    await expect(broken).rejects.toThrow(CompositionFailed);
    await expect(broken).rejects.toThrow('Syntax Error: Expected Name, found <EOF>.');
    await expect(broken).rejects.not.toBeInstanceOf(CompositionInterrupted);
    expect((await next).publicSdl).toContain('alerts');
  });

  it('takes first what somebody waits for', async () => {
    composer = new Composer();
    const order: string[] = [];
    const sets = ['watches', 'alerts', 'residents'].map((plugin) => alone(plugin));
    const all = sets.map((set) => composer.compose(set).then(() => order.push(set.key)));
    composer.hasten(sets[2]!);
    await Promise.all(all);
    expect(order).toEqual(['watches', 'residents', 'alerts']);
  });

  it('lets 200 wait, and refuses one more at once', async () => {
    composer = new Composer();
    const compositions = Array.from({ length: 201 }, (_, one) => composer.compose(alone(`p${one}`)));
    const ends = Promise.allSettled(compositions);
    await expect(composer.compose(alone('alerts'))).rejects.toThrow('200 sets wait');
    await composer.stop();
    expect((await ends).filter(({ status }) => status === 'rejected')).toHaveLength(201);
  });

  it('gives up what takes too long, each time with a new thread', async () => {
    composer = new Composer(1);
    const [first, second] = [composer.compose(alone('watches')), composer.compose(alone('alerts'))];
    for (const ended of await Promise.allSettled([first, second])) {
      expect(ended).toMatchObject({ status: 'rejected', reason: expect.any(CompositionInterrupted) });
      expect(ended).toMatchObject({ reason: { message: 'It took longer than 1 ms' } });
    }
  });

  it('fails what is asked after its end', async () => {
    composer = new Composer();
    await composer.stop();
    await expect(composer.compose(alone('watches'))).rejects.toThrow('The gateway stops');
  });
});
