import { runCourse } from './course/run-course.ts';
import type { Outcome } from './course/run-course.ts';
import type { CourseOptions } from './course/course.ts';
import type { Proof } from './course/proof.ts';
import { plants } from './plants/plants.ts';
import type { Plant } from './plants/plant.ts';
import { proofs } from './proofs.ts';

const MOST_TRIES = 5;

/** @returns whether everything holds. @throws Error for an unknown name */
export async function runOne(name: string, options: CourseOptions): Promise<boolean> {
  const proof = named(name);
  assertPlantOf(proof, options.plant);
  return (await run(proof, options)).holds;
}

/** The same with so many seeds, one after the other. @returns whether everything holds with each */
export async function runSeeds(name: string, count: number, options: CourseOptions): Promise<boolean> {
  const proof = named(name);
  assertPlantOf(proof, options.plant);
  const { say, signal } = options;
  const failed: number[] = [];
  for (let seed = options.seed; seed < options.seed + count; seed++) {
    const began = performance.now();
    const holds = await holdsToTheEnd(proof, { ...options, seed });
    signal.throwIfAborted();
    if (!holds) failed.push(seed);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    say(`${name}, seed ${seed}: ${holds ? 'holds' : 'FAILED'} after ${seconds} s`);
  }
  if (failed.length > 0) say(`\nSeeds that failed: ${failed.join(', ')}`);
  conclude(say, count - failed.length, failed.length);
  return failed.length === 0;
}

export async function runAll(options: CourseOptions): Promise<boolean> {
  let passed = 0;
  for (const proof of proofs) {
    if (await holdsToTheEnd(proof, options)) passed += 1;
    options.signal.throwIfAborted();
  }
  conclude(options.say, passed, proofs.length - passed);
  return passed === proofs.length;
}

/**
 * @param only matches the names of the planted bugs, or of their proofs, that are to be run
 * @returns whether each was caught by the invariant that it breaks
 */
export async function runPlants(options: CourseOptions, only = /(?:)/): Promise<boolean> {
  const { say, signal } = options;
  const chosen = plants.filter(({ name, proof }) => only.test(name) || only.test(proof));
  if (chosen.length === 0) throw new Error(`No planted bug matches ${only}.`);
  const caught: string[] = [];
  const missed: string[] = [];
  for (const plant of chosen) {
    const violated = await triedUntilCaught(plant, options);
    signal.throwIfAborted();
    const line = `  ${plant.name.padEnd(34)} ${plant.proof.padEnd(8)} ${violated.join(', ')}`;
    if (violated.includes(plant.breaks)) caught.push(line);
    else missed.push(`${line} (should break ${plant.breaks})`);
  }
  say(`\nCaught, and by which invariants:\n${caught.join('\n')}`);
  if (missed.length > 0) say(`\nNot caught:\n${missed.join('\n')}`);
  conclude(say, caught.length, missed.length);
  return missed.length === 0;
}

const conclude = (say: CourseOptions['say'], passed: number, failed: number): void =>
  say(`\n${passed} passed, ${failed} failed`);

/** One that does not come to its end fails alone: the others are still run. */
async function holdsToTheEnd(proof: Proof, options: CourseOptions): Promise<boolean> {
  try {
    return (await run(proof, options)).holds;
  } catch (error) {
    options.say(String(error));
    return false;
  }
}

/** A bug that needs a race to show may pass one run by; it has to be caught within five, each with another seed. */
async function triedUntilCaught(plant: Plant, options: CourseOptions): Promise<readonly string[]> {
  let violated: readonly string[] = [];
  for (let tries = 0; tries < MOST_TRIES && !violated.includes(plant.breaks); tries++) {
    options.signal.throwIfAborted();
    violated = await violatedWith(plant, { ...options, seed: options.seed + tries });
  }
  return violated;
}

async function violatedWith(plant: Plant, options: CourseOptions): Promise<readonly string[]> {
  try {
    return (await runPlanted(plant, options)).violated;
  } catch (error) {
    options.say(String(error));
    return [];
  }
}

function assertPlantOf(proof: Proof, plant: string | undefined): void {
  if (plant === undefined || plants.some((one) => one.name === plant && one.proof === proof.name)) return;
  throw new Error(`The proof ${proof.name} has no planted bug ${plant}.`);
}

const runPlanted = (plant: Plant, options: CourseOptions): Promise<Outcome> =>
  run(named(plant.proof), { ...options, plant: plant.name, expected: plant.breaks });

async function run(proof: Proof, options: CourseOptions): Promise<Outcome> {
  const { seed, full, plant, say } = options;
  const flags = `${full ? ' --full' : ''}${plant === undefined ? '' : ` --plant ${plant}`}`;
  const command = `npm run proof -- ${proof.name} --seed ${seed}${flags}`;
  say(`\n${proof.name}, seed ${seed}${plant === undefined ? '' : `, with ${plant}`}: ${proof.about}`);
  try {
    const outcome = await runCourse(proof, options);
    say(outcome.holds ? 'Everything holds.' : `Something is wrong. Again: ${command}`);
    return outcome;
  } catch (error) {
    say(`The proof did not come to its end. Again: ${command}`);
    throw error;
  }
}

function named(name: string): Proof {
  const proof = proofs.find((one) => one.name === name);
  if (!proof)
    throw new Error(`There is no proof ${name}; there are ${proofs.map((one) => one.name).join(', ')}.`);
  return proof;
}
