import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InProcessBus } from '@weinao/events';
import { CommunitiesDouble, ManualClock } from '@weinao/testing';
import { CommunityDirectory } from './community-directory.ts';
import { wireSubjects } from '../wire/subgraph.protocol.ts';

let bus: InProcessBus;
let communities: CommunitiesDouble;
let directory: CommunityDirectory;

const report = (message: string, error?: unknown): never => {
  throw new Error(message, { cause: error });
};

beforeEach(() => {
  bus = new InProcessBus(report);
  communities = new CommunitiesDouble(bus, new ManualClock().now);
  directory = new CommunityDirectory({ bus, report });
});

afterEach(async () => {
  await directory.stop();
  await bus.close();
});

const known = async (position: number): Promise<void> => directory.reached(BigInt(position), 5_000);
const pluginsOf = (id: string): object => Object.fromEntries(directory.community(id)?.plugins ?? []);

describe('the directory of communities', () => {
  it('knows what stood in the log before it started', async () => {
    communities.found('osmanthus-court', '桂花苑社区');
    communities.enable('osmanthus-court', 'tickets', { anonymousVisibleTo: 'admin' });
    directory.start();
    await directory.ready;
    expect(directory.position).toBe(2n);
    expect(directory.community('osmanthus-court')).toEqual({
      id: 'osmanthus-court',
      name: '桂花苑社区',
      timeZone: 'Asia/Shanghai',
      plugins: new Map([['tickets', { anonymousVisibleTo: 'admin' }]]),
    });
    expect(directory.community('willow-bank')).toBeUndefined();
  });

  it('follows what is enabled, configured and disabled, in each community for itself', async () => {
    directory.start();
    await directory.ready;
    communities.found('osmanthus-court', '桂花苑社区');
    communities.found('willow-bank', '柳岸社区');
    communities.enable('osmanthus-court', 'tickets', {});
    communities.enable('osmanthus-court', 'notices', {});
    communities.enable('willow-bank', 'tickets', {});
    communities.configure('osmanthus-court', 'tickets', { anonymousVisibleTo: 'worker' });
    communities.disable('osmanthus-court', 'notices');
    await known(7);
    expect(pluginsOf('osmanthus-court')).toEqual({ tickets: { anonymousVisibleTo: 'worker' } });
    expect(pluginsOf('willow-bank')).toEqual({ tickets: {} });
  });

  it('leaves what it gave out before as it was', async () => {
    communities.found('osmanthus-court', '桂花苑社区');
    directory.start();
    await directory.ready;
    const before = directory.community('osmanthus-court')!;
    communities.enable('osmanthus-court', 'tickets', {});
    await known(2);
    expect(before.plugins.size).toBe(0);
  });

  it('keeps the last that each plugin said of itself', async () => {
    directory.start();
    for (const version of ['1.0.0', '1.1.0']) {
      const announcement = { manifest: { id: 'tickets', version }, sdl: {} };
      await bus.request(wireSubjects.announce, JSON.stringify(announcement), { timeoutMs: 5_000 });
    }
    await known(2);
    expect(directory.plugin('tickets')?.manifest.version).toBe('1.1.0');
    expect(directory.plugins()).toHaveLength(1);
    expect(directory.plugin('notices')).toBeUndefined();
  });

  it('ignores what happens in a community that it does not know', async () => {
    communities.enable('nowhere', 'tickets', {});
    directory.start();
    await known(1);
    expect(directory.community('nowhere')).toBeUndefined();
  });

  it('tells its listeners of each change, until they leave', async () => {
    directory.start();
    await directory.ready;
    let changes = 0;
    const leave = directory.onChange(() => changes++);
    communities.found('osmanthus-court', '桂花苑社区');
    communities.enable('osmanthus-court', 'tickets', {});
    await known(2);
    expect(changes).toBe(2);
    leave();
    communities.disable('osmanthus-court', 'tickets');
    await known(3);
    expect(changes).toBe(2);
  });
});

describe('waiting for a position', () => {
  it('ends at once where it was reached, and in time where it comes', async () => {
    communities.found('osmanthus-court', '桂花苑社区');
    directory.start();
    await known(1);
    await known(1);
    const later = known(2);
    communities.found('willow-bank', '柳岸社区');
    await later;
    expect(directory.community('willow-bank')).toMatchObject({ id: 'willow-bank' });
  });

  it('finds by itself what the bus lost', async () => {
    communities.found('willow-bank', '柳岸社区');
    directory.start();
    await directory.ready;
    communities.enable('willow-bank', 'tickets', {});
    await known(2);
    const { publish } = bus;
    bus.publish = () => undefined;
    communities.found('osmanthus-court', '桂花苑社区');
    bus.publish = publish;
    await known(3);
    expect(directory.community('osmanthus-court')).toMatchObject({ id: 'osmanthus-court' });
  });

  it('fails where nothing comes', async () => {
    directory.start();
    await expect(directory.reached(1n, 50)).rejects.toThrow('did not come within 50 ms');
  });
});
