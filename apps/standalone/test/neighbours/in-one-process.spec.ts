import { afterAll, beforeAll, describe } from '@jest/globals';
import { ProcessFixture } from '../process.fixture.ts';
import { describeAlertStory } from './alert.story.ts';
import { describeCareStory } from './care.story.ts';
import { describeNoticeStory } from './notice.story.ts';
import { describeScreenStory } from './screen.story.ts';
import { describeSmokeStory } from './smoke.story.ts';
import { StandaloneWorld } from './standalone.world.ts';
import type { World } from './world.ts';

const fixture = new ProcessFixture();
let world: World;

beforeAll(async () => {
  world = await StandaloneWorld.start(fixture);
});

afterAll(() => fixture.cleanUp());

describe('plugins that work together without knowing each other, in one process', () => {
  describeCareStory(() => world);
  describeAlertStory(() => world);
  describeSmokeStory(() => world);
  describeNoticeStory(() => world);
  describeScreenStory(() => world);
});
