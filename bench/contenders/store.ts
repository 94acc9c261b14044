import type { Fact } from './fact.ts';

/** Where facts are stored, one a call; answered once it is durable. */
export interface Store {
  append(fact: Fact, caller: number): Promise<unknown>;
}
