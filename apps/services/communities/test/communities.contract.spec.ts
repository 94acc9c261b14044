import { describePlugin } from '@weinao/testing';
import { story } from './platform.story.ts';

describePlugin('communities', () => story);
