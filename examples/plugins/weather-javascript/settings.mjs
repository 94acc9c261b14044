const LIMITS = { latitude: 90, longitude: 180 };

const degrees = (zh, en, most) => ({
  ...{ title: zh, 'x-title': { 'zh-CN': zh, en } },
  ...{ type: 'number', minimum: -most, maximum: most },
});

/** The settings as JSON Schema, from which an operator's form is drawn. */
export const settingsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    latitude: degrees('纬度（度）', 'Latitude in degrees', LIMITS.latitude),
    longitude: degrees('经度（度）', 'Longitude in degrees', LIMITS.longitude),
  },
  required: Object.keys(LIMITS),
  additionalProperties: false,
};

/** @returns {{settings?: object, problems: {path: string, rule: string, message: string}[]}} */
export function checkSettings(given) {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    return { problems: [problem('settings', 'object', 'settings must be an object')] };
  const wrong = Object.entries(LIMITS).filter(([name, most]) => !isWithin(given[name], most));
  const unknown = Object.keys(given).filter((name) => !(name in LIMITS));
  const problems = [
    ...wrong.map(([name, most]) =>
      problem(`settings.${name}`, 'range', `${name} must be a number between -${most} and ${most}`),
    ),
    ...unknown.map((name) => problem(`settings.${name}`, 'whitelistValidation', `${name} is not known`)),
  ];
  return problems.length > 0 ? { problems } : { settings: given, problems };
}

const isWithin = (value, most) => typeof value === 'number' && Math.abs(value) <= most;

const problem = (path, rule, message) => ({ path, rule, message });
