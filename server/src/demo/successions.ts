import { addDays } from '@zhibu/rules'
import { and, eq, isNull } from 'drizzle-orm'
import { appoint } from '../modules/organization/offices.ts'
import type { OfficeKind } from '../modules/organization/schema.ts'
import { offices } from '../modules/organization/tables.ts'
import { readSuccession } from '../modules/talent/succession-views.ts'
import {
  beginSuccession,
  closeSuccession,
  settleSuccession,
  signSuccession,
  writeEntry,
} from '../modules/talent/successions.ts'
import type { Actor, Context } from '../platform/context.ts'
import { personOf } from '../platform/reach.ts'
import type { DiscussionCast } from './discussion.ts'

/**
 * The publicity member of the branch hands over to somebody, which is under way; and one of two organisation members has given that up a few days ago,
 * without a successor. In the transaction of the context.
 */
export async function changeOffices(ctx: Context, { college, branch, members }: DiscussionCast): Promise<void> {
  const as = (actor: Actor, on = ctx.today): Context => ({ ...ctx, actor, today: on })
  const { organiser } = college
  const base = { base: '' }
  const now = new Date(`${ctx.today}T02:00:00Z`)
  const officers = await ctx.db
    .select({ id: offices.id, office: offices.office, personId: offices.personId })
    .from(offices)
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.organizationId, branch.id), isNull(offices.until)))
  const holderOf = (office: OfficeKind) => {
    const held = officers.find((it) => it.office === office)
    return members.find((it) => it.personId === held?.personId)
  }
  const publicity = officers.find((it) => it.office === 'publicityMember')
  // Only members of the Party hold an office of a branch.
  const [outgoing, incoming] = [holderOf('publicityMember'), holderOf('disciplineMember')]
  const former = holderOf('deputySecretary')
  if (!publicity || !outgoing || !incoming || !former) return

  const underWay = await beginSuccession(
    as(organiser, addDays(ctx.today, -3)),
    { organizationId: branch.id, officeId: publicity.id, incomingPersonId: personOf(as(incoming)) },
    base,
  )
  const write = async (kind: 'promise' | 'place', text: string, toWhom = '', untilOn = addDays(ctx.today, 20)) =>
    writeEntry(as(outgoing), underWay, { kind, text, toWhom, untilOn: kind === 'promise' ? untilOn : null })
  await write('promise', '给新发展的同志拍一组支部合影，放进支部相册', '今年的预备党员')
  await write('promise', '把学院的公众号投稿要求整理成一页，发给各支部', '学院宣传助理', addDays(ctx.today, 35))
  await write('place', '支部相机和存储卡在学院 214 室铁皮柜，钥匙在辅导员办公室')
  await write('place', '历年活动照片在学院公用电脑“支部照片”文件夹，按年份放')

  const begunOn = addDays(ctx.today, -12)
  const officeId = await appoint(as(organiser), branch.id, {
    ...{ personId: personOf(as(former)), office: 'orgMember', from: addDays(ctx.today, -800) },
  })
  const over = await beginSuccession(
    as(organiser, begunOn),
    { organizationId: branch.id, officeId, incomingPersonId: null },
    base,
  )
  await writeEntry(as(former, begunOn), over, {
    ...{ kind: 'place', text: '入党申请书原件在支部档案柜第一层，按申请日期排', toWhom: '', untilOn: null },
  })
  const whenHanded = as(former, addDays(begunOn, 5))
  const written = await readSuccession(whenHanded, over, now)
  await signSuccession(
    whenHanded,
    over,
    { remark: '两位组织委员一起核对过。' },
    { side: 'outgoing', now, revision: written.revision },
  )
  const { revision, accesses } = await readSuccession(as(organiser, addDays(begunOn, 6)), over, now)
  await settleSuccession(
    as(organiser, addDays(begunOn, 6)),
    over,
    {
      firstOn: addDays(begunOn, 7),
      documentNumber: '',
      decisions: accesses.map(({ key }) => ({ key, decision: 'keep' })),
    },
    revision,
  )
  await closeSuccession(as(organiser, addDays(begunOn, 7)), over, {
    ...{ reason: '两位组织委员改为一位，工作由现任组织委员接着做。', revision: revision + 1, now },
  })
}
