import { describe, expect, it } from '@jest/globals';
import { originOf, parseManifest, permissionsOf } from './plugin-manifest.ts';

const tickets = {
  id: 'tickets',
  name: { zh: '物业报修', en: 'Repair tickets' },
  version: '1.2.3',
  requires: ['residents'],
  publishes: ['TicketOpened'],
  consumes: ['residents.ResidentMovedIn'],
  permissions: [
    { id: 'read', name: { zh: '查看工单', en: 'See tickets' }, roles: ['worker', 'resident'] },
    { id: 'see-people', name: { zh: '查看人员', en: 'See people' }, roles: ['worker'] },
  ],
};

/** Where each complaint points to. */
function complaints(manifest: unknown): string[] {
  try {
    parseManifest(manifest);
    return [];
  } catch (error) {
    return [...(error as Error).message.matchAll(/^ {2}([^:]*):/gm)].map(([, path]) => path!);
  }
}

const [read] = tickets.permissions;

describe('a manifest', () => {
  it('is taken as it is, and belongs to a community unless it says otherwise', () => {
    expect(parseManifest(tickets)).toEqual({ ...tickets, scope: 'community' });
    expect(parseManifest({ ...tickets, scope: 'platform' }).scope).toBe('platform');
  });

  it('may say from which code line it comes, and what the conformance kit has shown', () => {
    const claims = { origin: 'example.org/tickets', level: 'silver' as const };
    expect(parseManifest({ ...tickets, ...claims })).toMatchObject(claims);
    expect([originOf(claims), originOf({})]).toEqual(['example.org/tickets', 'weinao']);
    for (const origin of ['', 'Weinao', 'a b', '/a', 'a'.repeat(201)])
      expect(complaints({ ...tickets, origin })).toContain('origin');
    expect(complaints({ ...tickets, level: 'platinum' })).toEqual(['level']);
  });

  it('names what it does not know, also deep inside', () => {
    expect(() => parseManifest({ ...tickets, colour: 'red' })).toThrow(/colour: .*should not exist/);
    const permissions = [{ ...read, icon: 'lamp' }];
    expect(complaints({ ...tickets, permissions })).toEqual(['permissions.0.icon']);
  });

  it.each([
    ['id', { id: 'Tickets' }],
    ['id', { id: 'tick.ets' }],
    ['id', { id: '-tickets' }],
    ['id', { id: 'a'.repeat(65) }],
    ['id', { id: undefined }],
    ['name.en', { name: { zh: '工单' } }],
    ['name.zh', { name: { zh: '', en: 'Tickets' } }],
    ['version', { version: '1.2' }],
    ['scope', { scope: 'house' }],
    ['requires', { requires: ['Residents'] }],
    ['requires', { requires: ['residents', 'residents'] }],
    ['publishes', { publishes: ['ticketOpened'] }],
    ['publishes', { publishes: 'TicketOpened' }],
    ['consumes', { consumes: ['ResidentMovedIn'] }],
    ['requires', { requires: ['residents', 'tickets'] }],
    ['consumes', { consumes: ['tickets.TicketOpened'] }],
    ['permissions', { permissions: [read, read] }],
    ['permissions.0.id', { permissions: [{ ...read, id: 'Read' }] }],
    ['permissions.0.roles', { permissions: [{ ...read, roles: ['mayor'] }] }],
    ['permissions.0.roles', { permissions: [{ ...read, roles: ['worker', 'worker'] }] }],
    ['permissions.0.name.zh', { permissions: [{ ...read, name: { en: 'See tickets' } }] }],
  ])('with a wrong %s is refused: %j', (path, change) => {
    expect(complaints({ ...tickets, ...change })).toContain(path);
  });

  it('names all that is wrong at once', () => {
    const wrong = { ...tickets, id: '*', version: 'new', permissions: [{ ...read, id: '' }] };
    expect(complaints(wrong).sort()).toEqual(['id', 'permissions.0.id', 'version']);
  });

  it.each([
    [null],
    [[]],
    ['tickets'],
    [{ ...tickets, name: '工单' }],
    [{ ...tickets, permissions: ['read'] }],
  ])('is not %j', (value) => expect(() => parseManifest(value)).toThrow());
});

describe('the permissions of roles', () => {
  it('are all that any of the roles has', () => {
    const manifest = parseManifest(tickets);
    expect(permissionsOf(manifest, ['resident'])).toEqual(['tickets.read']);
    expect(permissionsOf(manifest, ['resident', 'worker'])).toEqual(['tickets.read', 'tickets.see-people']);
    expect(permissionsOf(manifest, ['guard'])).toEqual([]);
    expect(permissionsOf(manifest, [])).toEqual([]);
  });
});
