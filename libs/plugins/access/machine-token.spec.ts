import { describe, expect, it } from '@jest/globals';
import { MachineToken } from './machine-token.ts';

describe('the token of a machine', () => {
  it('is known by its hash alone, which does not tell it', () => {
    const { text, hash } = MachineToken.make();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).not.toContain(Buffer.from(text, 'base64url').toString('hex'));
    expect(() => MachineToken.check(text, hash)).not.toThrow();
  });

  it('has 256 bits, and is another each time', () => {
    const texts = Array.from({ length: 100 }, () => MachineToken.make().text);
    expect(new Set(texts).size).toBe(100);
    for (const text of texts) expect(Buffer.from(text, 'base64url')).toHaveLength(32);
  });

  it.each([
    ['another', MachineToken.make().text, MachineToken.make().hash],
    ['no token', null, MachineToken.make().hash],
    ['an empty one', '', MachineToken.make().hash],
    ['a machine that there is not', MachineToken.make().text, undefined],
    ['nothing against nothing', null, undefined],
    ['an empty one against nothing', '', ''],
    ['the hash itself', 'a'.repeat(64), 'a'.repeat(64)],
  ])('is refused where it is %s', (_case, sent, hash) => {
    expect(() => MachineToken.check(sent, hash)).toThrow(/not the token/);
  });
});
