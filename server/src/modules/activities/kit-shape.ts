import type { ActivityKind, KitLength } from './names-schema.ts'
import type { Plan } from './schema.ts'

/** A kit that comes with the software; `dayKey` names the memorial day it is for, `memorial-<code>` after the rules, or is null. */
export interface ShippedKit {
  key: string
  title: string
  kind: ActivityKind
  dayKey: string | null
  length: KitLength
  plan: Plan
}
