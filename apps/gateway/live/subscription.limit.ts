import { HttpError } from '../http/http-error.ts';

/** How many subscriptions each person has open in each community. */
export class SubscriptionLimit {
  private readonly open = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** @returns how to give it back; a second time it changes nothing. @throws HttpError 429 */
  take(communityId: string, person: string): () => void {
    const key = `${communityId}/${person}`;
    const open = this.open.get(key) ?? 0;
    if (open >= this.most) {
      const message = `Nobody has more than ${this.most} subscriptions open at once: end one first.`;
      throw new HttpError(429, 'RATE_LIMITED', message);
    }
    this.open.set(key, open + 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.giveBack(key);
      isTaken = false;
    };
  }

  private giveBack(key: string): void {
    const left = this.open.get(key)! - 1;
    if (left === 0) this.open.delete(key);
    else this.open.set(key, left);
  }
}
