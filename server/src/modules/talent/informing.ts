import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { tellByItself } from '../notices/by-themselves.ts'

/**
 * What people of the staff are told by itself, in the transaction in which it happens. Officers who send notices there see that such a notice went and what it
 * says: so it says that there is an answer, and what it is stands on the page alone. Everything here runs over the whole university.
 */

/** The address of this server, for what is told. */
export interface Told {
  base: string
}

interface Said extends Told {
  organizationId: string
  path: OrgPath
  to: readonly string[]
  /** What has happened; nobody is told of it twice. */
  fact: string
  title: string
  lines: readonly string[]
}

/** Tells whoever asked for a correction that it is answered. */
export const tellCorrectionAnswered = (
  ctx: Context,
  {
    correctionId,
    personId,
    ...rest
  }: Pick<Said, 'organizationId' | 'path' | 'base'> & { correctionId: string; personId: string },
): Promise<void> =>
  tell(ctx, {
    ...{ ...rest, to: [personId], fact: `correction:${correctionId}`, title: '更正申请已答复：队伍信息' },
    lines: ['您申请更正的队伍信息已经答复，请到页面查看。', `页面：${rest.base}/staff`],
  })

/** Tells whoever applied for a post that it is decided, or that the call has ended before it was. */
export const tellCallDecided = (
  ctx: Context,
  {
    callId,
    title,
    isEnded = false,
    ...rest
  }: Omit<Said, 'title' | 'lines'> & { callId: string; title: string; isEnded?: boolean },
): Promise<void> =>
  tell(ctx, {
    ...{ ...rest, title: isEnded ? '岗位征集已结束' : '岗位征集有了决定' },
    lines: [
      `您报名的岗位征集“${title}”${isEnded ? '已经结束' : '有了决定'}，请到页面查看。`,
      `页面：${rest.base}/staff/calls/${callId}`,
    ],
  })

/** Tells whoever hands over or takes over an office that a kit waits for them. Whose office it is stands on the page alone. */
export const tellSuccession = (
  ctx: Context,
  { successionId, ...rest }: Pick<Said, 'organizationId' | 'path' | 'to' | 'base'> & { successionId: string },
): Promise<void> =>
  tell(ctx, {
    ...{
      ...rest,
      fact: `succession:${successionId}:${[...rest.to].sort().join('-')}`,
      title: '有一项工作交接与您有关',
    },
    lines: ['请打开交接单查看。', `页面：${rest.base}/staff/successions/${successionId}`],
  })

async function tell({ db, tenantId }: Context, { organizationId, path, to, fact, title, lines }: Said): Promise<void> {
  if (to.length === 0) return
  await tellByItself(db, tenantId, [
    {
      ...{ organizationId, path, source: 'talent', sourceKey: `talent:${fact}`, title, body: lines.join('\n') },
      audience: { groups: [], personIds: [...to].sort(), exceptIds: [] },
      tellUntilAt: null,
    },
  ])
}
