/** What the plugin says of itself. */
export const manifest = {
  id: 'weather',
  name: { zh: '天气', en: 'Weather' },
  version: '1.0.0',
  origin: 'example.org/weather-javascript',
  requires: [],
  publishes: [],
  consumes: [],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看天气', en: 'See the weather' },
      roles: ['admin', 'worker', 'property', 'resident', 'guard', 'screen'],
    },
  ],
};

/** What it executes. */
export const typeDefinitions = `
"""An instant, ISO 8601 with its offset from UTC"""
scalar DateTime

type Query {
  """Where the settings of the community say that it is"""
  weather: Weather
}

type Weather {
  """°C, 2 m above the ground"""
  temperature: Float!
  """%"""
  humidity: Float!
  """km/h, 10 m above the ground"""
  windSpeed: Float!
  """WMO code 4677"""
  code: Int!
  """In Chinese unless another locale is asked for"""
  description(locale: String = "zh-CN"): String!
  observedAt: DateTime!
}
`;

/** What it announces: the same as a subgraph of Apollo Federation 2. */
export const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
${typeDefinitions}`;
