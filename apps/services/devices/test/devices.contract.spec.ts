import { describePlugin } from '@weinao/testing';
import { story } from './device.story.ts';

describePlugin('devices', () => story);
