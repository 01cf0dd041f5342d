// All puzzles by name. The next one: a definition in the file of its level, a line here and in names.js,
// and its words in assets/text.

import {
  FIRST_CAPITAL_PUZZLE,
  POSITION_ALONE_PUZZLE,
  STEP_BEFORE_PUZZLE,
  TWO_HEADS_PUZZLE,
} from "./asking.js";
import { BOTH_PUZZLE, DOUBLING_PUZZLE } from "./learning.js";
import {
  ABOVE_ZERO_PUZZLE,
  LARGEST_PUZZLE,
  LOOK_UP_PUZZLE,
  SOFT_MINIMUM_PUZZLE,
  SWITCH_PUZZLE,
  UNDO_ROOT_PUZZLE,
} from "./operations.js";
import { LAST_TWO_PUZZLE, ONE_PLACE_PUZZLE, SILENCE_PUZZLE } from "./places.js";
import { BLANKS_PUZZLE, MAJORITY_PUZZLE, MEAN_PUZZLE } from "./principle.js";
import { seededRandom, wholeBetween } from "./random.js";

/** @import { Matrix } from "../types.js" */
/** @import { Puzzle } from "./types.js" */

/** @type {Record<string, Puzzle>} */
export const PUZZLES = {
  mean: MEAN_PUZZLE,
  majority: MAJORITY_PUZZLE,
  blanks: BLANKS_PUZZLE,
  silence: SILENCE_PUZZLE,
  one_place: ONE_PLACE_PUZZLE,
  last_two: LAST_TWO_PUZZLE,
  largest: LARGEST_PUZZLE,
  soft_minimum: SOFT_MINIMUM_PUZZLE,
  look_up: LOOK_UP_PUZZLE,
  undo_root: UNDO_ROOT_PUZZLE,
  above_zero: ABOVE_ZERO_PUZZLE,
  switch: SWITCH_PUZZLE,
  position_alone: POSITION_ALONE_PUZZLE,
  step_before: STEP_BEFORE_PUZZLE,
  first_capital: FIRST_CAPITAL_PUZZLE,
  two_heads: TWO_HEADS_PUZZLE,
  both: BOTH_PUZZLE,
  doubling: DOUBLING_PUZZLE,
};

export const RANDOM_SCENES = 2000;

/** What a puzzle is about with this seed. The first of its list with seed 0.
 * @type {(puzzle: Puzzle, seed: number) => number} */
export function askedBy({ asks }, seed) {
  return asks[seed % asks.length];
}

/** Its edge cases, then random scenes: the same for the same seed.
 * @type {(puzzle: Puzzle, seed: number, count?: number) => Generator<Matrix>} */
export function* scenesOf(puzzle, seed, count = RANDOM_SCENES) {
  const asked = askedBy(puzzle, seed);
  yield* puzzle.edges(asked);
  const random = seededRandom(seed);
  const [fewest, most] = puzzle.rows;
  for (let made = 0; made < count; made += 1)
    yield puzzle.scene(random, wholeBetween(random, fewest, most), asked);
}
