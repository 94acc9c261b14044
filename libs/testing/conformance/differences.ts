const MOST_SHOWN = 5;
const LONGEST_SHOWN = 200;

/** Where two values of JSON differ, as `path: before → after`; the first few of them. */
export function differences(before: unknown, after: unknown): string[] {
  const found = [...between(plain(before), plain(after), '')];
  const rest = found.length - MOST_SHOWN;
  return rest > 0 ? [...found.slice(0, MOST_SHOWN), `and ${rest} more`] : found;
}

/** As it would come over the wire, where what is undefined is not there. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

function* between(before: unknown, after: unknown, path: string): Generator<string> {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* between(before[key], after[key], path ? `${path}.${key}` : key);
    }
  } else if (!Object.is(before, after)) {
    yield `${path || 'all'}: ${shown(before)} → ${shown(after)}`;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, LONGEST_SHOWN);
