import type { ShippedKit } from './kit-shape.ts'
import { classThemes } from './shipped-class-meetings.ts'
import { decemberDays } from './shipped-december.ts'
import { exchangeKits } from './shipped-exchanges.ts'
import { kitsOfDay, kitsOfTheme } from './shipped-kit.ts'
import { octoberDays } from './shipped-october.ts'
import { septemberDays } from './shipped-september.ts'
import { springDays } from './shipped-spring.ts'
import { summerDays } from './shipped-summer.ts'
import { winterDays } from './shipped-winter.ts'

/** The ready kits that come with the program: three for each memorial day of the rules, then those that belong to no day. */
export const shippedKits: readonly ShippedKit[] = [
  ...[...winterDays, ...springDays, ...summerDays, ...septemberDays, ...octoberDays, ...decemberDays].flatMap(
    kitsOfDay,
  ),
  ...classThemes.flatMap(kitsOfTheme),
  ...exchangeKits,
]
