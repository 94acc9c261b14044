import { setTimeout as pause } from 'node:timers/promises';
import { SWITCHED } from './estate.ts';
import type { Estate } from './estate.ts';
import type { GraphqlClient } from '../clients/graphql.client.ts';

const ENABLE = `mutation ($id: ID!) { enablePlugin(communityId: $id, pluginId: "errands") { id } }`;
const DISABLE = `mutation ($id: ID!) { disablePlugin(communityId: $id, pluginId: "errands") { id } }`;
const SHOWN = '{ __type(name: "Errand") { name } }';

/** Longer than what is promised, so that a finding can say how late it was. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 20;

/** Turns the plugin on and off where it is switched, and looks when everybody sees it. */
export class Switch {
  private constructor(
    private readonly operators: readonly GraphqlClient[],
    private readonly onlookers: readonly { gateway: string; resident: GraphqlClient }[],
  ) {}

  static async at(estate: Estate): Promise<Switch> {
    const { gateways } = estate;
    const operators = await Promise.all(gateways.map((gateway) => estate.operator(gateway)));
    const onlookers = gateways.map(async (gateway) => ({
      gateway,
      resident: await estate.resident('onlooker', SWITCHED, gateway),
    }));
    return new Switch(operators, await Promise.all(onlookers));
  }

  /** @throws Error where it is refused */
  async turn(on: boolean, at: number): Promise<void> {
    const operator = this.operators[at % this.operators.length]!;
    const { codes } = await operator.ask(on ? ENABLE : DISABLE, { id: SWITCHED });
    if (codes.length > 0)
      throw new Error(`Turning errands ${on ? 'on' : 'off'} was refused: ${codes.join()}`);
  }

  /** @returns milliseconds until every gateway shows it; Infinity for never */
  async untilSeen(on: boolean): Promise<number> {
    const began = performance.now();
    const seen = this.onlookers.map(async (onlooker) => {
      while (!(await shows(onlooker, on))) {
        if (performance.now() - began > PATIENCE_MS) return Infinity;
        await pause(PAUSE_MS);
      }
      return performance.now() - began;
    });
    return Math.max(...(await Promise.all(seen)));
  }
}

/** In the SDL, in introspection, and in what is answered. */
async function shows(
  { gateway, resident }: { gateway: string; resident: GraphqlClient },
  on: boolean,
): Promise<boolean> {
  const sdl = await fetch(`${gateway}/communities/${SWITCHED}/schema.graphql`);
  const inSdl = (await sdl.text()).includes('errandsRun');
  const { data } = await resident.ask(SHOWN, {});
  const { codes } = await resident.ask('{ errandsRun }', {});
  const answered = codes.length === 0;
  if (!on && !answered && codes[0] !== 'GRAPHQL_VALIDATION_FAILED') return false;
  return [inSdl, data?.__type !== null, answered].every((there) => there === on);
}
