import { describePlugin } from '@weinao/testing';
import { story } from './resident.story.ts';

describePlugin('residents', () => story);
