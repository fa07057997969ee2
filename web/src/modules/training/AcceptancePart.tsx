import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AcceptanceView } from '@zhibu/server/modules/training/acceptance-schema'
import { type AcceptanceState, acceptanceStateNames } from '@zhibu/server/modules/training/names-schema'
import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { acceptanceQuery } from './acceptanceApi.ts'
import { DecisionNote } from './DecisionNote.tsx'

/** 成果验收 on the page of a programme: where the reader stands, and the ways to what they do in it. */
export function AcceptancePart({ it }: { it: ProgrammeView }) {
  const { data } = useQuery(acceptanceQuery(it.id))
  const view = data?.value
  if (!view || (!view.can.run && !view.isAssessor && view.own === null)) return null
  if (!view.can.run && !view.isAssessor && view.criteria.length === 0 && view.own?.decisions.length === 0) return null
  const params = { programmeId: it.id }
  return (
    <Section
      title="成果验收"
      actions={
        <>
          {view.isAssessor && (
            <LinkButton variant="default" to="/training/assessing/$programmeId" params={params}>
              评议学员成果
            </LinkButton>
          )}
          {view.can.settle && (
            <LinkButton variant="default" to="/training/$programmeId/criteria" params={params}>
              验收标准和评议人
            </LinkButton>
          )}
          {view.can.run && (
            <LinkButton variant="default" to="/training/$programmeId/acceptance" params={params}>
              验收和办结
            </LinkButton>
          )}
          {view.can.file && (
            <LinkButton variant="default" to="/training/$programmeId/certificates" params={params}>
              颁发证书
            </LinkButton>
          )}
          {view.can.file && (
            <LinkButton variant="default" to="/training/$programmeId/summary" params={params}>
              培训总结
            </LinkButton>
          )}
          {view.own && view.criteria.length > 0 && (
            <LinkButton to="/training/$programmeId/self" params={params}>
              {view.own.can.write ? '写自评' : '我的验收'}
            </LinkButton>
          )}
        </>
      }
    >
      <div className={parts.form}>
        {view.own?.decisions[0] && <DecisionNote it={view.own.decisions[0]} />}
        {view.own?.certificate && (
          <p className={parts.text}>
            证书：
            <Link to="/training/certificates/$certificateId" params={{ certificateId: view.own.certificate.id }}>
              {view.own.certificate.number}
            </Link>
            {view.own.certificate.isRevoked && '（已撤销）'}
          </p>
        )}
        <p className={parts.text}>{wordsOf(view)}</p>
      </div>
    </Section>
  )
}

function wordsOf(view: AcceptanceView): string {
  const criteria =
    view.criteria.length === 0
      ? '没有定验收标准，由组织培训的人直接决定是否通过。'
      : `按 ${view.criteria.length} 条标准：${view.criteria.map((one) => one.name).join('、')}。只写文字档次，不打分、不排名。`
  const own = view.own && view.criteria.length > 0 ? `您现在：${acceptanceStateNames[view.own.state]}。` : ''
  return `${criteria}${own}${view.counts ? countsIn(view.counts) : ''}`
}

/** How many stand where, in words. */
export function countsIn(counts: NonNullable<AcceptanceView['counts']>): string {
  const known = Object.entries(counts).filter(([, count]) => count > 0)
  return known.length === 0
    ? '还没有学员。'
    : `学员：${known.map(([state, count]) => `${acceptanceStateNames[state as AcceptanceState]} ${count} 人`).join('，')}。`
}
