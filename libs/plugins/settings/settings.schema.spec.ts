import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { judgedApart, settingsTrials } from '@weinao/testing';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsTimeZone,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Setting } from './setting.ts';
import { settingsSchemaOf } from './settings.schema.ts';
import { Text } from '../graphql/text.validators.ts';
import type { Plugin } from '../plugin.ts';
import { checkSettings } from '../service/settings.ts';

const Named = (): PropertyDecorator => Setting({ title: { zh: '名', en: 'Name' } });

class QuietHours {
  @Named()
  @IsInt()
  @Min(0)
  @Max(23)
  from = 22;

  @Named()
  @IsOptional()
  @IsIn(['weekdays', 'weekends'])
  on?: string;
}

class Round {
  @Named()
  @Text(8)
  street = '桂花路';
}

class LanternSettings {
  @Named()
  @IsNumber()
  @IsPositive()
  @Max(9.5)
  height = 3;

  @Setting({
    title: { zh: '口号', en: 'Motto' },
    description: { zh: '写在灯上', en: 'Written on the lantern' },
  })
  @IsString()
  @MinLength(2)
  @MaxLength(6)
  motto = '平安';

  @Named()
  @Matches(/^[a-z]+$/)
  @Matches(/^.{1,4}$/)
  code = 'abc';

  @Named()
  @IsBoolean()
  lit = true;

  @Named()
  @IsArray()
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsIn(['red', 'gold'], { each: true })
  colours = ['red'];

  @Named()
  @IsObject()
  @ValidateNested()
  @Type(() => QuietHours)
  quiet = new QuietHours();

  @Named()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Round)
  rounds: Round[] = [];
}

const judge =
  (settings: new () => object) =>
  (given: object): boolean =>
    checkSettings({ settings } as unknown as Plugin, given).problems.length === 0;

describe('the schema of a settings class', () => {
  it('says titles in both languages, types, limits and defaults', () => {
    const { $schema, properties, additionalProperties } = settingsSchemaOf(LanternSettings);
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(additionalProperties).toBe(false);
    expect(properties).toMatchObject({
      height: { type: 'number', exclusiveMinimum: 0, maximum: 9.5, default: 3 },
      motto: {
        title: '口号',
        'x-title': { 'zh-CN': '口号', en: 'Motto' },
        description: '写在灯上',
        'x-description': { 'zh-CN': '写在灯上', en: 'Written on the lantern' },
        ...{ type: 'string', minLength: 2, maxLength: 6, default: '平安' },
      },
      colours: { type: 'array', maxItems: 2, uniqueItems: true, items: { enum: ['red', 'gold'] } },
      quiet: {
        default: { from: 22 },
        properties: { from: { type: 'integer' }, on: { type: ['string', 'null'] } },
      },
    });
  });

  it('lets pass what the service takes, and nothing else', async () => {
    const fits = judge(LanternSettings);
    expect(await judgedApart(settingsSchemaOf(LanternSettings), fits)).toEqual([]);
    const trials = settingsTrials(settingsSchemaOf(LanternSettings));
    expect(trials.filter(fits).length).toBeGreaterThan(20);
    expect(trials.filter((trial) => !fits(trial)).length).toBeGreaterThan(20);
  });

  it('requires what has no default and may not be left out', async () => {
    class HotlineSettings {
      @Named()
      @Text(20)
      number: string;

      @Named()
      @IsOptional()
      @Text(20)
      note?: string;
    }
    expect(settingsSchemaOf(HotlineSettings).required).toEqual(['number']);
    expect(await judgedApart(settingsSchemaOf(HotlineSettings), judge(HotlineSettings))).toEqual([]);
  });

  it('names the rules that it has no words for, which the service checks alone', () => {
    class ClockSettings {
      @Named()
      @IsString()
      @IsTimeZone()
      @Matches(/^asia/i)
      zone = 'Asia/Shanghai';
    }
    expect(settingsSchemaOf(ClockSettings).properties).toMatchObject({
      zone: { type: 'string', $comment: 'The service also checks: matches, isTimeZone' },
    });
  });
});
