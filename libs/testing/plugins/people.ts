import type { Viewer } from '@weinao/plugins';

/** The communities of the plugin harness: 桂花苑, where the stories happen, and its neighbour 柳岸. */
export const OSMANTHUS_COURT = 'osmanthus-court';
export const WILLOW_BANK = 'willow-bank';

export const communityNames: Readonly<Record<string, string>> = {
  [OSMANTHUS_COURT]: '桂花苑社区',
  [WILLOW_BANK]: '柳岸社区',
};

const inOsmanthusCourt = (id: string, role: Viewer['roles'][number]): Viewer => ({
  id,
  roles: [role],
  communityId: OSMANTHUS_COURT,
});

/** Whom the stories of specs are about. */
export const people = {
  operatorZhou: { id: 'operator-zhou', roles: ['operator'], communityId: null },
  adminSun: inOsmanthusCourt('admin-sun', 'admin'),
  workerWang: inOsmanthusCourt('worker-wang', 'worker'),
  propertyChen: inOsmanthusCourt('property-chen', 'property'),
  residentLin: inOsmanthusCourt('resident-lin', 'resident'),
  residentZhao: inOsmanthusCourt('resident-zhao', 'resident'),
} as const satisfies Record<string, Viewer>;
