// Which puzzles there are, and after which level of the course: all that the page knows of them before
// one is opened. The rest is in puzzles.js.

/** @type {Record<string, number>} */
export const PUZZLE_LEVELS = {
  mean: 1,
  majority: 1,
  blanks: 1,
  silence: 2,
  one_place: 2,
  last_two: 2,
  largest: 3,
  soft_minimum: 3,
  look_up: 3,
  undo_root: 3,
  above_zero: 3,
  switch: 3,
  position_alone: 3,
  step_before: 3,
  first_capital: 3,
  two_heads: 3,
  both: 4,
  doubling: 4,
};
