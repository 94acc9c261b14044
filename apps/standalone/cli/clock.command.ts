import { setTimeout as pause } from 'node:timers/promises';
import { ClockHand } from '@weinao/events';
import { StartupError } from '@weinao/plugins';
import { Command } from 'commander';
import { Duration } from 'luxon';
import { withDatabase } from './data.database.ts';

const MOST_DAYS = 3_660;
const DEADLINE_MS = 5_000;
const LOOK_MS = 50;

export const clockCommand = (): Command =>
  new Command('clock')
    .description(
      'The virtual clock of processes that run with WEINAO_CLOCK=virtual: shows it, or moves it · 虚拟时钟：显示或拨快',
    )
    .action(() => withClock((hand) => hand.now()))
    .addCommand(
      new Command('advance')
        .description('Move it on; what falls due by then is done · 拨快，到期的事随即发生')
        .argument('<duration>', 'ISO 8601, such as PT47H59M, PT1S or P3D')
        .action((text: string) => {
          const ms = parseDuration(text);
          return withClock((hand) => advance(hand, ms));
        }),
    );

/** @throws StartupError for what is no duration, or one that nobody means */
function parseDuration(text: string): number {
  const duration = Duration.fromISO(text);
  const ms = duration.isValid ? duration.toMillis() : NaN;
  if (ms > 0 && ms <= MOST_DAYS * 86_400_000) return ms;
  throw new StartupError(
    `"${text}" must be an ISO 8601 duration such as PT47H59M, longer than nothing and at most P${MOST_DAYS}D.`,
  );
}

/** Prints the time that the work comes to. */
async function withClock(work: (hand: ClockHand) => Promise<Date>): Promise<void> {
  await withDatabase(async (databaseUrl) => {
    const hand = await ClockHand.open(databaseUrl);
    if (!hand)
      throw new StartupError('There is no virtual clock here: start with WEINAO_CLOCK=virtual first.');
    try {
      console.log((await work(hand)).toISOString());
    } finally {
      await hand.close();
    }
  });
}

/** Resolves when what fell due is done, as far as that can be seen: where a plugin is off, it waits. */
async function advance(hand: ClockHand, ms: number): Promise<Date> {
  const now = await hand.advance(ms);
  if (!(await hand.heardByAll(DEADLINE_MS)))
    console.error('A process has not heard of it yet; it will when it answers again.');
  const end = Date.now() + DEADLINE_MS;
  while ((await hand.dueTimers()) > 0 && Date.now() < end) await pause(LOOK_MS);
  return now;
}
