import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsString, IsTimeZone, ValidateIf, ValidateNested } from 'class-validator';
import { Setting } from './setting.ts';
import { settingsSchemaOf } from './settings.schema.ts';

const Named = (): PropertyDecorator => Setting({ title: { zh: '名', en: 'Name' } });

class QuietHours {
  @Named()
  @IsInt()
  from = 22;
}

describe('a settings class of which no form could be drawn', () => {
  class Untitled {
    @IsInt()
    most = 3;
  }

  class Unruled {
    @Named()
    most = 3;
  }

  class Untyped {
    @Named()
    @IsTimeZone()
    zone = 'Asia/Shanghai';
  }

  class Impossible {
    @Named()
    @IsInt()
    @IsString()
    most = 3;
  }

  class Sometimes {
    @Named()
    @ValidateIf(() => false)
    @IsInt()
    most = 3;
  }

  class Loose {
    @Named()
    @IsIn(['red'], { each: true })
    colours = ['red'];
  }

  class ListOrObject {
    @Named()
    @ValidateNested()
    @Type(() => QuietHours)
    quiet = new QuietHours();
  }

  class Classless {
    @Named()
    @IsObject()
    @ValidateNested()
    quiet = {};
  }

  class Deep {
    @Named()
    @IsObject()
    @ValidateNested()
    @Type(() => Untitled)
    deeper = new Untitled();
  }

  it.each([
    ['Untitled.most has no @Setting with its titles', Untitled],
    ['Unruled.most has no rule', Unruled],
    ['Untyped.zone has no rule that says of which type it is', Untyped],
    ['Impossible.most would have to be of the types', Impossible],
    ['Sometimes.most is checked only at times', Sometimes],
    ['Loose.colours has rules for each element, and needs @IsArray()', Loose],
    ['ListOrObject.quiet needs @IsObject(), or a list would pass', ListOrObject],
    ['Classless.quiet needs @Type', Classless],
    ['Untitled.most has no @Setting', Deep],
  ])('is refused: %s', (reason, settings) => {
    expect(() => settingsSchemaOf(settings)).toThrow(reason);
  });
});
