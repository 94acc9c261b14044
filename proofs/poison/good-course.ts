import type pg from 'pg';
import type { PoisonInvariant } from './poison.invariants.ts';
import type { GraphqlClient } from '../clients/graphql.client.ts';
import type { Findings } from '../course/findings.ts';
import type { Random } from '../course/random.ts';

const CLIENTS = 8;
const ERRANDS = 4;
const MOST_NOTES = 8;

const OPEN = 'mutation ($title: String!) { openErrand(title: $title) { id } }';
const NOTE =
  'mutation ($id: ID!, $text: String!, $parts: Int!) { noteErrand(id: $id, text: $text, parts: $parts) { id } }';

/**
 * Good requests whose outcome depends on the random numbers alone: each client has errands of its own.
 *
 * @param prefix of all titles, which keeps one course from the other
 * @returns each errand's row without the prefix
 */
export async function goodCourse(
  findings: Findings<PoisonInvariant>,
  client: GraphqlClient,
  pool: pg.Pool,
  random: Random,
  prefix: string,
): Promise<Map<string, string>> {
  const ask = async (query: string, variables: Readonly<Record<string, unknown>>): Promise<string> => {
    const { data, codes } = await client.ask(query, variables);
    findings.check('others', codes.length > 0 && `a good request was answered ${codes.join(' ')}`);
    return ((data?.openErrand ?? {}) as { id?: string }).id ?? '';
  };
  const work = async (number: number): Promise<void> => {
    const choices = random.fork(number);
    for (let errand = 0; errand < ERRANDS; errand++) {
      const id = await ask(OPEN, { title: `${prefix} ${number} ${errand}` });
      for (let notes = choices.integer(MOST_NOTES); notes > 0; notes--) {
        await ask(NOTE, { id, text: `note ${choices.integer(1_000)}`, parts: 1 + choices.integer(3) });
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => work(number)));
  return rowsOf(pool, prefix);
}

/** Every answer waited for the read model, so all of it is there. */
async function rowsOf(pool: pg.Pool, prefix: string): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ title: string; notes: number; last_note: string | null }>(
    `select title, notes, last_note from errands.errand where title like $1`,
    [`${prefix} %`],
  );
  return new Map(
    rows.map(({ title, notes, last_note }) => [
      title.slice(prefix.length + 1),
      `${notes} notes, ${last_note ?? 'none'} the last`,
    ]),
  );
}
