import { afterAll, beforeAll, describe } from '@jest/globals';
import { ProcessFixture } from '../process.fixture.ts';
import { describeAlertStory } from './alert.story.ts';
import { describeCareStory } from './care.story.ts';
import { describeNoticeStory } from './notice.story.ts';
import { describeScreenStory } from './screen.story.ts';
import { describeSmokeStory } from './smoke.story.ts';
import { SeparateWorld } from './separate.world.ts';
import type { World } from './world.ts';

const fixture = new ProcessFixture();
let world: SeparateWorld | undefined;

beforeAll(async () => {
  world = await SeparateWorld.start(fixture);
});

afterAll(async () => {
  await fixture.cleanUp();
  await world?.close();
});

describe('plugins that work together without knowing each other, each a process of its own', () => {
  const there = (): World => world!;
  describeCareStory(there);
  describeAlertStory(there);
  describeSmokeStory(there);
  describeNoticeStory(there);
  describeScreenStory(there);
});
