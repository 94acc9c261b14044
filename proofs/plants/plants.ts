import { crashPlants } from './crash.plants.ts';
import { diskPlants } from './disk.plants.ts';
import { orderPlants } from './order.plants.ts';
import type { Plant } from './plant.ts';
import { poisonPlants } from './poison.plants.ts';
import { slowPlants } from './slow.plants.ts';
import { switchingPlants } from './switching.plants.ts';
import { timersPlants } from './timers.plants.ts';

export const plants: readonly Plant[] = [
  ...orderPlants,
  ...crashPlants,
  ...timersPlants,
  ...poisonPlants,
  ...slowPlants,
  ...diskPlants,
  ...switchingPlants,
];
