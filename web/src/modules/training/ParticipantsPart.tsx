import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { audienceNames } from './words.ts'

/** 学员: how many there are, and the ways to the list and to those who may come, for whoever runs a programme or proposes people for it. */
export function ParticipantsPart({ it }: { it: ProgrammeView }) {
  const params = { programmeId: it.id }
  const isAlive = it.can.plan
  return (
    <Section
      title="学员"
      actions={
        <>
          {it.can.enrol && isAlive && (
            <LinkButton variant="default" to="/training/$programmeId/candidates" params={params}>
              录取学员
            </LinkButton>
          )}
          {it.can.enrol && (
            <LinkButton variant="default" to="/training/$programmeId/participants" params={params}>
              学员名单
            </LinkButton>
          )}
          {!it.can.enrol && it.can.nominate && (
            <LinkButton to="/training/$programmeId/candidates" params={params}>
              推荐学员
            </LinkButton>
          )}
        </>
      }
    >
      <p className={parts.text}>
        {it.can.enrol
          ? `已录取 ${it.taken} 人${it.waiting > 0 ? `，候补 ${it.waiting} 人` : ''}。名单和到课情况只有组织培训的人看得到，本人只看得到自己的。`
          : `可以推荐本支部的${audienceNames[it.audience]}。按推荐的先后录取，名额满了的候补。`}
      </p>
    </Section>
  )
}
