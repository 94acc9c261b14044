import { describePlugin } from '@weinao/testing';
import { story } from './alert.story.ts';

describePlugin('alerts', () => story);
