import type { Context } from '../../platform/context.ts'
import type { SealedFact } from '../../platform/packages/sealed-file.ts'

/** Whose facts go into a closed file. */
export type FactsOwner = { personId: string } | { organizationId: string }

/** Says what a later module has recorded about a person or an organisation, in the order of the days. */
export type FactSource = (ctx: Context, owner: FactsOwner) => Promise<readonly SealedFact[]>

/** Lets a later module hand its facts into the files that are closed here. */
export function contributeFacts(source: FactSource): void {
  sources.push(source)
}

const sources: FactSource[] = []

/** All facts that later modules have of an owner. */
export async function factsOf(ctx: Context, owner: FactsOwner): Promise<SealedFact[]> {
  const all: SealedFact[] = []
  for (const source of sources) all.push(...(await source(ctx, owner)))
  return all
}
