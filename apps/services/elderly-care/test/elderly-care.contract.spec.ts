import { describePlugin } from '@weinao/testing';
import { story } from './watch.story.ts';

describePlugin('elderly-care', () => story);
