const FACILITY = `fragment whole on Facility {
  id kind name attributes
  location { address building point { latitude longitude } }
  water { state pressureKPa readAt }
}`;

export const REGISTER = `mutation ($input: RegisterFacilityInput!) { registerFacility(input: $input) { ...whole } } ${FACILITY}`;
export const IMPORT = `mutation ($geojson: JSON!) { importFacilities(geojson: $geojson) { created updated } }`;
export const REPORT = `mutation ($id: ID!, $hasWater: Boolean!, $pressureKPa: Float, $at: DateTime) {
  reportHydrantWater(id: $id, hasWater: $hasWater, pressureKPa: $pressureKPa, at: $at) { ...whole }
} ${FACILITY}`;
/** As these, without what depends on the time of asking. */
export const REGISTER_FOR_EVER =
  'mutation ($input: RegisterFacilityInput!) { registerFacility(input: $input) { id kind name attributes } }';
export const REPORT_FOR_EVER = `mutation ($id: ID!, $hasWater: Boolean!, $pressureKPa: Float) {
  reportHydrantWater(id: $id, hasWater: $hasWater, pressureKPa: $pressureKPa) { id water { pressureKPa readAt } }
}`;
export const READ = `query ($id: ID!) { facility(id: $id) { ...whole } } ${FACILITY}`;
export const LIST = `query ($filter: FacilityFilter, $first: Int = 50, $after: String) {
  facilities(filter: $filter, first: $first, after: $after) {
    nodes { id name } pageInfo { hasNextPage endCursor } totalCount
  }
}`;
export const NEAREST = `query ($kind: String!, $point: GeoPointInput!, $first: Int = 3) {
  nearestFacilities(kind: $kind, point: $point, first: $first) { metres facility { id water { state } } }
}`;
export const OF_ALERTS = `query ($alerts: [_Any!]!) {
  _entities(representations: $alerts) {
    ... on Alert { id nearestHydrants { metres facility { id water { state } } } }
  }
}`;

/** Near West Lake in Hangzhou; a thousandth of a degree of latitude is 111 m. */
export const HERE = { latitude: 30.25, longitude: 120.15 };

export const north = (thousandths: number) => ({ ...HERE, latitude: HERE.latitude + thousandths / 1_000 });

export const hydrant = (id: string, thousandthsNorth: number) => ({
  id,
  kind: 'HYDRANT',
  name: `消火栓 ${id}`,
  location: { point: north(thousandthsNorth) },
});

export const feature = (id: unknown, coordinates: unknown, properties: object = {}) => ({
  type: 'Feature',
  id,
  properties: { emergency: 'fire_hydrant', ...properties },
  geometry: { type: 'Point', coordinates },
});

export const collection = (...features: readonly unknown[]) => ({ type: 'FeatureCollection', features });
