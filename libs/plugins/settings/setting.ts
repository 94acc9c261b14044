import 'reflect-metadata';
import type { LocalizedText } from '../manifest/plugin-manifest.ts';

const SETTING = Symbol('setting');

/** What a form says of a setting. */
export interface SettingTexts {
  /** With the unit, where the value has one. */
  readonly title: LocalizedText;
  readonly description?: LocalizedText;
}

/** Names a property of a settings class; its rules are those of class-validator. */
export const Setting =
  (texts: SettingTexts): PropertyDecorator =>
  (target, property) =>
    Reflect.defineMetadata(SETTING, texts, target, property);

export const settingTextsOf = (
  settingsClass: { readonly prototype: object },
  property: string,
): SettingTexts | undefined =>
  Reflect.getMetadata(SETTING, settingsClass.prototype, property) as SettingTexts | undefined;
