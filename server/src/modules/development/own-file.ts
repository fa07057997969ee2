import type { Actor } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isOwnFile } from './policy.ts'

/** Tells whoever keeps files why not the own one. */
export function refuseOwnFile(actor: Actor, it: { personId: string }): void {
  if (isOwnFile(actor, it))
    throw new Refusal(
      'forbidden',
      '这是您本人的档案。本人的发展档案由所在党支部或上级党组织的其他同志记录、更正，您可以查看，不能自己改动。',
    )
}
