import { describe, expect, it } from '@jest/globals';
import { recorded } from '@weinao/testing';
import { CloudEvent as StrictCloudEvent } from 'cloudevents';
import { fromCloudEvent, toCloudEvent } from './cloud-event.ts';
import type { CloudEvent } from './cloud-event.ts';
import type { EventMetadata } from '../event.ts';

const event = recorded(
  { type: 'TicketOpened', data: { title: '楼道灯坏了' } },
  { position: 9_007_199_254_740_993n },
);

const published = (metadata: Partial<EventMetadata>): CloudEvent => {
  const text = JSON.stringify(
    toCloudEvent('tickets', { ...event, metadata: { ...event.metadata, ...metadata } }, 7n),
  );
  return JSON.parse(text) as CloudEvent;
};

describe('an event as it is published', () => {
  it.each<[string, Partial<EventMetadata>]>([
    ['by a person', { actorId: 'worker-1' }],
    ['by the platform', { actorId: null }],
    ['that followed from another one', { actorId: null, causationId: 'event-7' }],
  ])('is a CloudEvent 1.0 in all its attributes: %s', (_name, metadata) => {
    const cloudEvent = published(metadata);
    const strict = new StrictCloudEvent(cloudEvent, true); // throws where an attribute's name, type or form is wrong
    expect(JSON.parse(JSON.stringify(strict))).toEqual(cloudEvent);
    expect(strict.validate()).toBe(true);
    const { data, ...attributes } = cloudEvent;
    expect(data).toEqual(event.data);
    for (const [name, value] of Object.entries(attributes)) {
      expect(name).toMatch(/^[a-z0-9]{1,20}$/);
      expect(['string', 'number']).toContain(typeof value);
    }
  });

  it('names who did it, and leaves the attribute out where nobody did', () => {
    expect(published({ actorId: 'worker-1' })).toHaveProperty('actorid', 'worker-1');
    expect(published({ actorId: null })).not.toHaveProperty('actorid');
  });

  it('names the event it followed from, or the command', () => {
    expect(published({ causationId: 'event-7' }).causationid).toBe('event-7');
    expect(published({}).causationid).toBe(event.metadata.commandId);
  });

  it.each([['worker-1'], [null]])('comes back to a consumer as it was, done by %s', (actorId) => {
    const { communityId, correlationId } = event.metadata;
    expect(fromCloudEvent(published({ actorId }))).toMatchObject({
      id: event.id,
      type: 'TicketOpened',
      at: event.at,
      data: event.data,
      position: event.position,
      metadata: { communityId, actorId, correlationId },
    });
  });
});
