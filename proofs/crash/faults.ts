import { setTimeout as pause } from 'node:timers/promises';
import type { BusConsumer } from '../community/bus.consumer.ts';
import type { Community } from '../community/community.ts';
import type { Random } from '../course/random.ts';
import type { Program } from '../servers/program.ts';

export interface Scene {
  readonly community: Community;
  readonly consumer: BusConsumer;
  readonly random: Random;
  readonly faults: Deck;
}

/** Deals every fault once before any comes again, so that no round is without the ones that matter. */
export class Deck {
  private left: (typeof FAULTS)[number][] = [];

  constructor(private readonly random: Random) {}

  /** One, or now and then two at once. */
  deal(): (typeof FAULTS)[number][] {
    const [first, second] = [this.next(), this.next()];
    if (first[1] !== second[1] && this.random.chance(0.25)) return [first, second];
    this.left.push(second);
    return [first];
  }

  private next(): (typeof FAULTS)[number] {
    if (this.left.length === 0) this.left = [...FAULTS];
    return this.left.splice(this.random.integer(this.left.length), 1)[0]!;
  }
}

/** Does something bad and mends it. */
type Fault = (scene: Scene) => Promise<void>;

/** What they touch: no two at once touch the same, or one would mend what the other still needs broken. */
const FAULTS: readonly (readonly [name: string, touches: string, fault: Fault])[] = [
  ['kill errands', 'errands', ({ community, random }) => killed(random.pick(community.errands), random)],
  [
    'kill both errands',
    'errands',
    ({ community, random }) => each(community.errands, (one) => killed(one, random)),
  ],
  ['pause errands', 'errands', ({ community, random }) => paused(random.pick(community.errands), random)],
  [
    'kill communities',
    'communities',
    ({ community, random }) => killed(random.pick(community.communities), random),
  ],
  [
    'pause communities',
    'communities',
    ({ community, random }) => paused(random.pick(community.communities), random),
  ],
  ['kill gateway', 'gateway', ({ community, random }) => killed(community.gateway, random)],
  ['pause gateway', 'gateway', ({ community, random }) => paused(community.gateway, random)],
  ['kill consumer', 'consumer', ({ consumer, random }) => killed(consumer, random)],
  ['kill NATS', 'NATS', (scene) => brokerKilled(scene, false)],
  ['wipe NATS', 'NATS', (scene) => brokerKilled(scene, true)],
  ['pause NATS', 'NATS', ({ community: { broker }, random }) => paused(broker, random)],
  ['kill postmaster', 'PostgreSQL', ({ community: { cluster } }) => cluster.killPostmaster()],
  [
    'kill a PostgreSQL process',
    'PostgreSQL',
    ({ community: { cluster }, random }) => cluster.killChild(random),
  ],
  ['pause PostgreSQL', 'PostgreSQL', clusterPaused],
];

const LONGEST_ABSENCE_MS = 1_200;
const LONGEST_PAUSE_MS = 2_500;

/** @returns what it was */
export async function disturb(scene: Scene): Promise<string> {
  const chosen = scene.faults.deal();
  await Promise.all(chosen.map(([, , fault]) => fault(scene)));
  return chosen.map(([name]) => name).join(' and ');
}

async function killed(
  victim: Pick<Program, 'start'> & { kill(): Promise<void> },
  random: Random,
): Promise<void> {
  await victim.kill();
  await pause(random.between(0, LONGEST_ABSENCE_MS));
  victim.start();
}

async function paused(victim: { pause(): void; resume(): void }, random: Random): Promise<void> {
  victim.pause();
  await pause(random.between(200, LONGEST_PAUSE_MS));
  victim.resume();
}

async function each(victims: readonly Program[], fault: (victim: Program) => Promise<void>): Promise<void> {
  await Promise.all(victims.map(fault));
}

async function brokerKilled({ community: { broker }, random }: Scene, wiped: boolean): Promise<void> {
  await broker.kill();
  if (wiped) await broker.wipe();
  await pause(random.between(0, LONGEST_ABSENCE_MS));
  await broker.start();
}

async function clusterPaused({ community: { cluster }, random }: Scene): Promise<void> {
  await cluster.pause();
  await pause(random.between(200, LONGEST_PAUSE_MS));
  cluster.resume();
}
