import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, ValidateNested } from 'class-validator';
import { checkSettings } from './settings.ts';
import type { Plugin } from '../plugin.ts';

class QuietHours {
  @IsInt()
  @Max(23)
  from = 22;
}

class WishSettings {
  @IsIn(['worker', 'admin'])
  grantedBy = 'admin';

  @ValidateNested()
  @Type(() => QuietHours)
  quiet = new QuietHours();
}

const plugin = { settings: WishSettings } as unknown as Plugin;
const rulesBroken = (given: unknown, of = plugin): string[] =>
  checkSettings(of, given).problems.map(({ path, rule }) => `${path} ${rule}`);

describe('the settings of a community', () => {
  it('are filled up with the defaults of the plugin', () => {
    expect(checkSettings(plugin, {})).toEqual({
      settings: { grantedBy: 'admin', quiet: { from: 22 } },
      problems: [],
    });
    expect(checkSettings(plugin, { grantedBy: 'worker', quiet: { from: 21 } }).settings).toEqual({
      grantedBy: 'worker',
      quiet: { from: 21 },
    });
  });

  it('are refused with all that does not fit, and where', () => {
    const given = { grantedBy: 'mayor', quiet: { from: 24, to: 6 }, colour: 'red' };
    expect(rulesBroken(given).sort()).toEqual([
      'settings.colour whitelistValidation',
      'settings.grantedBy isIn',
      'settings.quiet.from max',
      'settings.quiet.to whitelistValidation',
    ]);
    expect(checkSettings(plugin, given).settings).toBeUndefined();
  });

  it.each([[null], [[]], ['admin'], [7]])('are an object, and not %j', (given) => {
    expect(rulesBroken(given)).toEqual(['settings object']);
  });

  it('are empty where the plugin has none to set', () => {
    const bare = {} as Plugin;
    expect(checkSettings(bare, {})).toEqual({ settings: {}, problems: [] });
    expect(rulesBroken({ colour: 'red' }, bare)).toEqual(['settings.colour whitelistValidation']);
  });
});
