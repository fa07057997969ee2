import type { Context } from '../../platform/context.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayRead } from './policy.ts'
import type { NewTopic } from './schema.ts'

/** Where a topic would stand, for whoever may begin it there. */
export async function placeForTopic(ctx: Context, { organizationId, kind }: Pick<NewTopic, 'organizationId' | 'kind'>) {
  const { path } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRead(ctx.actor, path), '在这个组织发起话题')
  return { path, isConfidential: kind === 'complaint' }
}
