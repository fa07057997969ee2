import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { ifMatch } from '../../api.ts'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { cardQuery, ownRecordQuery, talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { availabilityNames, languagesInWords, officeInWords, postInWords, skillsInWords } from './words.ts'

/** On the first page, once in each half-year: the own record in short, and whether it is right. Nothing once it was confirmed. */
export function StaffCheck() {
  const isAsked = useQuery({ ...cardQuery, staleTime: 60_000 }).data?.isAsked ?? false
  const { data } = useQuery({ ...ownRecordQuery, enabled: isAsked })
  const confirm = useWrite((etag: string) => parseResponse(talentClient.own.confirmation.$post({}, ifMatch(etag))))
  if (!isAsked || !data?.value.isStale) return null
  const { value: it, etag } = data
  return (
    <Section
      title="您的队伍信息还对吗？"
      lead="每学期看一次，二十秒。没有变化，点“都对”。"
      actions={
        <>
          <LinkButton variant="default" to="/staff">
            有变化
          </LinkButton>
          <Button loading={confirm.isPending} onClick={() => confirm.mutate(etag)}>
            都对
          </Button>
        </>
      }
    >
      <div className={parts.form}>
        <DescriptionList
          items={[
            { label: '岗位', value: postInWords(it.official) || undefined },
            { label: '任职', value: it.offices.map(officeInWords).join('；') || undefined },
            { label: '技能', value: skillsInWords(it.skills) || undefined },
            { label: '语言', value: languagesInWords(it.languages) || undefined },
            { label: '可承担工作', value: it.availability === null ? undefined : availabilityNames[it.availability] },
          ]}
        />
        <ProblemNote error={confirm.error} />
      </div>
    </Section>
  )
}
