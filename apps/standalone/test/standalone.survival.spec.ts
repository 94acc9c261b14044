import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { postmasterPid, ProcessFixture, untilGone } from './process.fixture.ts';
import type { StartedStandalone } from './process.fixture.ts';
import { expectAllOnce } from './survival.expectation.ts';
import { TicketLoad } from './ticket.load.ts';

const fixture = new ProcessFixture();
const loads: TicketLoad[] = [];
let directory: string;
let standalone: StartedStandalone;

beforeAll(async () => {
  directory = await fixture.directory();
  standalone = await fixture.standalone(directory);
});

afterAll(async () => {
  await fixture.cleanUp();
  for (const load of loads) await load.abandon();
});

async function loadOf(name: string, insist: boolean): Promise<TicketLoad> {
  const load = new TicketLoad((await peopleOf(standalone.url, directory)).lin, name, insist);
  loads.push(load);
  return load;
}

const aMoment = (): number => 20 + Math.floor(Math.random() * 100);

describe('while residents of 桂花苑 report what is broken', () => {
  it.each(['first', 'second'])(
    'a %s kill -9 of the process loses nothing that was answered',
    async (round) => {
      const load = await loadOf(`killed-${round}`, false);
      await load.more(aMoment());
      expect(await standalone.process.kill('SIGKILL')).toBe('SIGKILL');
      await load.stop();
      expect(load.refusals).toEqual(load.refusals.map(() => 'no answer'));

      standalone = await fixture.standalone(directory);
      await expectAllOnce((await peopleOf(standalone.url, directory)).lin, load, ...loads);
    },
  );

  it('a kill -9 of PostgreSQL loses nothing, and is over by itself', async () => {
    const load = await loadOf('bereft', true);
    await load.more(aMoment());
    const postmaster = (await postmasterPid(directory))!;
    process.kill(postmaster, 'SIGKILL');
    await untilGone(postmaster);
    await load.more(50);
    await load.stop();
    expect(load.answered.size).toBe(load.sent.size);
    expect(load.refusals.filter((code) => !/^[A-Z_]+$/.test(code))).toEqual([]);
    expect(standalone.process.isRunning).toBe(true);
    expect(await postmasterPid(directory)).not.toBe(postmaster);
    await expectAllOnce((await peopleOf(standalone.url, directory)).lin, load, ...loads);
  });

  it('a kill -9 of both at once loses nothing', async () => {
    const load = await loadOf('both', false);
    await load.more(aMoment());
    process.kill((await postmasterPid(directory))!, 'SIGKILL');
    await standalone.process.kill('SIGKILL');
    await load.stop();
    standalone = await fixture.standalone(directory);
    await expectAllOnce((await peopleOf(standalone.url, directory)).lin, load, ...loads);
  });
});
