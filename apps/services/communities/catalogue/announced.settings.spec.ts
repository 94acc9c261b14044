import { describe, expect, it } from '@jest/globals';
import { brokenSettings, settingsSchemaIn } from './announced.settings.ts';

const named = (zh: string, en: string): object => ({ title: zh, 'x-title': { 'zh-CN': zh, en } });

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    'x-title': { ...named('标题', 'Heading'), type: 'string', default: { 'x-title': 'kept' } },
    quiet: {
      ...named('安静时段', 'Quiet hours'),
      ...{ description: '夜间', 'x-description': { 'zh-CN': '夜间', en: 'At night' } },
      type: 'object',
      properties: { from: { ...named('从', 'From'), type: 'integer', 'x-colour': 'red' } },
    },
    rounds: { title: '巡逻', 'x-title': 7, type: 'array', items: { ...named('路线', 'Route') } },
  },
  additionalProperties: false,
};

const nested = (levels: number): object => (levels === 0 ? {} : { items: nested(levels - 1) });

describe('an announced settings schema', () => {
  it('is shown in the language that was asked for, and without what is for the platform', () => {
    expect(settingsSchemaIn(schema, 'en')).toEqual({
      $schema: schema.$schema,
      type: 'object',
      properties: {
        'x-title': { title: 'Heading', type: 'string', default: { 'x-title': 'kept' } },
        quiet: {
          ...{ title: 'Quiet hours', description: 'At night', type: 'object' },
          properties: { from: { title: 'From', type: 'integer' } },
        },
        rounds: { title: '巡逻', type: 'array', items: { title: 'Route' } },
      },
      additionalProperties: false,
    });
    expect(settingsSchemaIn(schema, 'zh-CN').properties).toMatchObject({ quiet: { title: '安静时段' } });
  });

  it('may be absent, and is taken where it is that of an object', () => {
    expect(brokenSettings(undefined)).toBeUndefined();
    expect(brokenSettings({ schema })).toBeUndefined();
    expect(brokenSettings({ schema: { type: 'object', ...nested(31) } })).toBeUndefined();
  });

  it.each([
    ['no JSON Schema', null],
    ['no JSON Schema', 'object'],
    ['no JSON Schema', { schema: ['object'] }],
    ['not that of an object', { schema: { type: 'string' } }],
    ['more than 65536 bytes', { schema: { type: 'object', title: '字'.repeat(22_000) } }],
    ['more than 32 levels', { schema: { type: 'object', ...nested(32) } }],
  ])('is refused as %s: %.40j', (reason, settings) => {
    expect(brokenSettings(settings)).toMatch(reason);
  });
});
