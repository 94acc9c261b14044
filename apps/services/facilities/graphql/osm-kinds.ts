type Tags = Readonly<Record<string, unknown>>;

/** By OpenStreetMap's tags, the first that fits; https://wiki.openstreetmap.org/wiki/Map_features */
const KINDS: readonly (readonly [tag: string, value: string, kind: string, name: string])[] = [
  ['emergency', 'fire_hydrant', 'HYDRANT', '消火栓'],
  ['emergency', 'defibrillator', 'DEFIBRILLATOR', '除颤仪'],
  ['emergency', 'assembly_point', 'ASSEMBLY_POINT', '集合点'],
  ['amenity', 'clinic', 'CLINIC', '诊所'],
  ['amenity', 'doctors', 'CLINIC', '诊所'],
  ['amenity', 'hospital', 'HOSPITAL', '医院'],
  ['amenity', 'pharmacy', 'PHARMACY', '药店'],
  ['amenity', 'charging_station', 'CHARGING_PLACE', '充电点'],
  ['amenity', 'bicycle_parking', 'BICYCLE_SHED', '车棚'],
  ['amenity', 'toilets', 'TOILET', '公共厕所'],
  ['amenity', 'community_centre', 'COMMUNITY_CENTRE', '社区服务中心'],
  ['leisure', 'fitness_station', 'FITNESS_POINT', '健身点'],
  ['leisure', 'playground', 'PLAYGROUND', '儿童游乐场'],
  ['highway', 'elevator', 'LIFT', '电梯'],
  ['highway', 'bus_stop', 'BUS_STOP', '公交站'],
];

/** What the tags say that it is, with what such a thing is called where it has no name; undefined where they do not say. */
export function kindOfTags(tags: Tags): { readonly kind: string; readonly name: string } | undefined {
  const [, , kind, name] = KINDS.find(([tag, value]) => tags[tag] === value) ?? [];
  return kind !== undefined && name !== undefined ? { kind, name } : undefined;
}
