import { describePlugin } from '@weinao/testing';
import { story } from './notice.story.ts';

describePlugin('notices', () => story);
