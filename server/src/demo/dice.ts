/** A source of chance that gives the same run for the same seed. */
export interface Dice {
  /** A number from 0 up to 1, 1 excluded. */
  roll(): number
  /** A whole number between the two, both included. */
  between(least: number, most: number): number
  /** One of the things. */
  pick<Thing>(things: readonly [Thing, ...Thing[]]): Thing
  /** True in so many of a hundred cases. */
  percent(chance: number): boolean
}

/** Dice for a seed (mulberry32, a public-domain generator of 32 bits of state). */
export function diceOf(seed: number): Dice {
  let state = seed | 0
  function roll(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    roll,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    pick: (things) => things[Math.floor(roll() * things.length)] ?? things[0],
    percent: (chance) => roll() * 100 < chance,
  }
}
