import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Estate, SWITCHED } from './estate.ts';
import { judgeReceipts, judgeRests, receiptsMissing } from './judgement.ts';
import type { Rest } from './judgement.ts';
import { Residents } from './residents.ts';
import { Switch } from './switch.ts';
import { switchingInvariants } from './switching.invariants.ts';
import type { SwitchingInvariant } from './switching.invariants.ts';
import { startServers } from '../community/community.ts';
import type { Course } from '../course/course.ts';
import { figure } from '../course/findings.ts';
import { defineProof } from '../course/proof.ts';
import { readStoredLog } from '../servers/stored-log.ts';
import type { StoredEvent } from '../servers/stored-log.ts';

const CLIENTS = 32;
const SWITCHES = 100;
const FULL_SWITCHES = 1_000;
/** What is promised. */
const REACHED_MS = 2_000;
/** So often it stays off until the timers of errands that were opened right before are due. */
const REST_EVERY = 20;
const REST_MS = 3_200;
/** Opened while the plugin is being turned off, so that reactions and timers are under way. */
const OPENED_MEANWHILE = 8;
const RECEIPTS_PATIENCE_MS = 15_000;

const OPEN = 'mutation ($title: String!) { openErrand(title: $title) { id } }';

export const switchingProof = defineProof<SwitchingInvariant>({
  name: 'switching',
  about: 'a plugin of a community is turned on and off a hundred times under 32 clients at two gateways',
  invariants: switchingInvariants,

  async run(course) {
    const servers = await startServers(course);
    const estate = await Estate.start(course, servers);
    const pool = course.use(new pg.Pool({ connectionString: servers.cluster.url, max: 2 }), (one) =>
      one.end(),
    );
    course.say('two gateways, communities and two replicas of a plugin are up');
    for (const round of course.rounds(0)) {
      const residents = new Residents(estate, course.findings, course.random.fork(`residents ${round}`));
      await residents.start(CLIENTS);
      const { rests, reached } = await turnOnAndOff(course, estate);
      await residents.stop();
      await judgeRests(course.findings, pool, rests);
      judgeReceipts(course.findings, await settledEvents(pool));
      course.say(
        `round ${round}: turned on and off ${reached.length} times, seen everywhere after ${spread(reached)}; ` +
          `${figure(residents.elsewhere)} requests elsewhere, ${figure(residents.failed)} failed`,
      );
    }
  },
});

interface Turns {
  readonly rests: readonly Rest[];
  /** Milliseconds, one for each. */
  readonly reached: readonly number[];
}

/** Ends with the plugin on, as it begins. */
async function turnOnAndOff(course: Course<SwitchingInvariant>, estate: Estate): Promise<Turns> {
  const { findings, random, full } = course;
  const turning = await Switch.at(estate);
  const opener = await estate.resident('opener', SWITCHED, estate.gateways[0]!);
  const rests: Rest[] = [];
  const reached: number[] = [];
  for (let turn = 0; turn < (full ? FULL_SWITCHES : SWITCHES); turn++) {
    const on = turn % 2 === 1;
    const rest = turn % REST_EVERY === 0;
    if (rest) await opener.ask(OPEN, { title: `later ${turn}` });
    const opening = on
      ? []
      : Array.from({ length: OPENED_MEANWHILE }, () => opener.ask(OPEN, { title: 'now' }));
    await turning.turn(on, random.integer(estate.gateways.length));
    const off = Date.now();
    await Promise.all(opening);
    const ms = await turning.untilSeen(on);
    reached.push(ms);
    findings.check('reached', ms > REACHED_MS && `turned ${on ? 'on' : 'off'}, seen after ${ms} ms`);
    if (rest) await pause(REST_MS - (Date.now() - off));
    if (rest) rests.push({ from: off + REACHED_MS, until: Date.now() });
    else await pause(random.between(0, 200));
    if (on && findings.violated().length > 0) break;
  }
  return { rests, reached };
}

/** When no receipt is missing any more, or none comes. */
async function settledEvents(pool: pg.Pool): Promise<readonly StoredEvent[]> {
  const deadline = performance.now() + RECEIPTS_PATIENCE_MS;
  for (;;) {
    const { events } = await readStoredLog(pool, 'errands');
    if (receiptsMissing(events) <= 0 || performance.now() > deadline) return events;
    await pause(200);
  }
}

function spread(milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return `${middle.toFixed(0)} ms in the middle, ${(sorted.at(-1) ?? NaN).toFixed(0)} ms at most`;
}
