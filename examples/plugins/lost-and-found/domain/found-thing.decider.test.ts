import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fold } from '@weinao/events';
import { foundThingDecider } from './found-thing.decider.ts';
import type { FoundThingCommand } from './found-thing.decider.ts';
import type { FoundThingEvent } from './found-thing.events.ts';

const umbrella: FoundThingEvent = {
  type: 'FoundThingReported',
  data: { what: '一把蓝色雨伞', place: '3号楼大堂', reportedBy: 'lin' },
};
const claimed: FoundThingEvent = {
  type: 'FoundThingClaimed',
  data: { claimedBy: 'wang', proof: '伞柄上有贴纸' },
};
const handedOut: FoundThingEvent = { type: 'FoundThingHandedOut', data: { to: 'wang', by: 'chen' } };

const decide = (past: FoundThingEvent[], who: string, command: FoundThingCommand) =>
  foundThingDecider.decide(command, fold(foundThingDecider, past), {
    communityId: 'osmanthus-court',
    now: '2026-05-01T08:00:00.000Z',
    actor: { id: who, permissions: [] },
    settings: {},
  });

const claim: FoundThingCommand = { type: 'ClaimFoundThing', proof: '伞柄上有贴纸' };

describe('an umbrella that Lin found', () => {
  it('is claimed by Wang, once however often he says so', () => {
    assert.deepEqual(decide([umbrella], 'wang', claim), [claimed]);
    assert.deepEqual(decide([umbrella, claimed], 'wang', claim), []);
  });

  it('is not claimed by a second one', () => {
    assert.throws(() => decide([umbrella, claimed], 'sun', claim), { code: 'ALREADY_CLAIMED' });
  });

  it('is handed out to whoever claimed it, and to nobody before', () => {
    const handOut: FoundThingCommand = { type: 'HandOutFoundThing' };
    assert.throws(() => decide([umbrella], 'chen', handOut), { code: 'NOT_CLAIMED' });
    assert.deepEqual(decide([umbrella, claimed], 'chen', handOut), [handedOut]);
    assert.throws(() => decide([umbrella, claimed, handedOut], 'chen', handOut), {
      code: 'ALREADY_HANDED_OUT',
    });
  });

  it('cannot be claimed where it was never found', () => {
    assert.throws(() => decide([], 'wang', claim), { code: 'NOT_FOUND' });
  });
});
