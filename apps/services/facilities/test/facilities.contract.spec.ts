import { describePlugin } from '@weinao/testing';
import { story } from './facility.story.ts';

describePlugin('facilities', () => story);
