import { addDays, type Day } from '@zhibu/rules'
import { certificatesOf } from '../modules/certificates/queries.ts'
import type { CertificateText } from '../modules/certificates/schema.ts'
import { issueCertificates, replaceCertificate, revokeCertificate } from '../modules/certificates/service.ts'
import type { Actor, Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import type { DiscussionCast } from './discussion.ts'

/**
 * Certificates of a training of the university, one of them revoked and one replaced, and those of a study group of a branch. In the transaction of the
 * context; the papers are made by the job behind it.
 */
export async function giveCertificates(ctx: Context, { university, branch, members }: DiscussionCast): Promise<void> {
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const people = members.flatMap(({ personId }) => personId ?? []).slice(0, 6)
  const { department } = university
  const training = { module: 'certificates', id: newId() }
  const text = trainingText(ctx.today)
  await issueCertificates(as(department), {
    ...{ organizationId: university.id, text, source: training },
    recipients: people.map((personId) => ({ personId })),
  })
  const [first, second] = await certificatesOf(as(department), training)
  if (first)
    await revokeCertificate(as(department), first.certificateId, { reason: '中途请假，学时不足，下期补训后重新颁发。' })
  if (second)
    await replaceCertificate(as(department), second.certificateId, { ...text, hours: '28 学时', reason: '学时写错。' })

  await issueCertificates(as(branch.secretary), {
    ...{ organizationId: branch.id, text: studyText(ctx.today), source: { module: 'certificates', id: newId() } },
    recipients: people.slice(0, 3).map((personId) => ({ personId })),
  })
}

const trainingText = (today: Day): CertificateText => ({
  ...{ title: '结业证书', programme: '第 57 期发展对象集中培训班', hours: '24 学时', result: '考核合格，准予结业' },
  ...{ fromOn: addDays(today, -40), untilOn: addDays(today, -38) },
  ...{ signatoryOffice: '党校校长', signatoryName: '林远山' },
})

const studyText = (today: Day): CertificateText => ({
  ...{ title: '培训证书', programme: '支部青年学习小组', hours: '', result: '完成全部学习任务' },
  ...{ fromOn: addDays(today, -90), untilOn: addDays(today, -20), signatoryOffice: '', signatoryName: '' },
})
