import { BadUserInput, parseInstant } from '@weinao/plugins';
import type { Problem } from '@weinao/plugins';
import type { DeviceCommand } from '../domain/device.commands.ts';
import type { Values } from '../domain/device.events.ts';

type TakeReading = Extract<DeviceCommand, { type: 'TakeReading' }>;

const MOST_READINGS = 100;
const MESSAGE_ID_LENGTH = 128;
const MOST_DEPTH = 8;
/** Clocks of devices are a little fast. */
const MOST_AHEAD_MS = 5 * 60_000;

/**
 * Reads what a device sent: a JSON object, or an array of them.
 *
 * @param now ISO 8601 UTC
 * @throws BadUserInput which names everything that is wrong, in whichever reading
 */
export function readingsIn(body: string, now: string): TakeReading[] {
  const sent = parseJson(body);
  const list: readonly unknown[] = Array.isArray(sent) ? sent : [sent];
  if (list.length === 0 || list.length > MOST_READINGS)
    throw new BadUserInput([
      problem('readings', 'count', `There must be 1 to ${MOST_READINGS} readings in one message`),
    ]);
  const problems: Problem[] = [];
  const readings = list.map((one, index) => {
    const path = Array.isArray(sent) ? `readings[${index}]` : 'reading';
    return readingOf(one, path, now, problems);
  });
  if (problems.length > 0) throw new BadUserInput(problems);
  return readings;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadUserInput([problem('reading', 'json', 'The body is no JSON')]);
  }
}

function readingOf(one: unknown, path: string, now: string, problems: Problem[]): TakeReading {
  const { at = null, messageId = null, ...values } = isObject(one) ? one : {};
  if (!isObject(one)) problems.push(problem(path, 'isObject', `${path} must be a JSON object`));
  else problems.push(...problemsOfText(one, path));
  const instant = at === null ? null : parseInstant(at);
  if (instant === undefined)
    problems.push(problem(`${path}.at`, 'instant', `${path}.at must be a time such as 2026-11-24T18:30:00Z`));
  else if (instant !== null && Date.parse(instant) > Date.parse(now) + MOST_AHEAD_MS)
    problems.push(problem(`${path}.at`, 'notInTheFuture', `${path}.at must not lie in the future`));
  const name = typeof messageId === 'number' ? String(messageId) : messageId;
  if (name !== null && !isMessageId(name))
    problems.push(
      problem(
        `${path}.messageId`,
        'messageId',
        `${path}.messageId must be a text of 1 to ${MESSAGE_ID_LENGTH} characters`,
      ),
    );
  return { type: 'TakeReading', at: instant ?? null, messageId: name as string | null, values };
}

/** No text of PostgreSQL can hold a NUL, and nothing of a device is nested deep. */
function problemsOfText(reading: Values, path: string): Problem[] {
  const problems: Problem[] = [];
  if (depthOf(reading) > MOST_DEPTH)
    problems.push(problem(path, 'depth', `${path} must not be nested deeper than ${MOST_DEPTH}`));
  if (JSON.stringify(reading).includes('\\u0000'))
    problems.push(problem(path, 'withoutNul', `${path} must not contain NUL`));
  return problems;
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMessageId = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= MESSAGE_ID_LENGTH;

const problem = (path: string, rule: string, message: string): Problem => ({ path, rule, message });
