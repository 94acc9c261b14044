/** By WMO code 4677, as far as Open-Meteo uses it: the first code of each kind, what it is called. */
const KINDS = [
  [95, '雷暴', 'Thunderstorm'],
  [80, '阵雨或阵雪', 'Showers'],
  [71, '雪', 'Snow'],
  [61, '雨', 'Rain'],
  [51, '毛毛雨', 'Drizzle'],
  [45, '雾', 'Fog'],
  [3, '阴', 'Overcast'],
  [1, '多云', 'Partly cloudy'],
  [0, '晴', 'Clear'],
];

export function wordsFor(code, locale) {
  const [, zh, en] = KINDS.find(([first]) => code >= first) ?? [0, '未知', 'Unknown'];
  return locale?.toLowerCase().startsWith('en') ? en : zh;
}
