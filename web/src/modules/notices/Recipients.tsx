import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { Audience } from '@zhibu/server/modules/notices/schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { type AudiencePage, audienceQuery } from './api.ts'
import { MoreButton } from './MoreButton.tsx'
import classes from './Notices.module.css'
import { isForSomebody } from './noticeDraft.ts'

interface Props {
  organizationId: string | undefined
  audience: Audience
}

/** 发给谁: how many, their names page by page, who is not reached, and how much they got this week. */
export function Recipients({ organizationId, audience }: Props) {
  // A text, as an equal audience is another object each time.
  const [settled] = useDebouncedValue(JSON.stringify(audience), 400)
  const asked: Audience = JSON.parse(settled)
  const isAsked = organizationId !== undefined && isForSomebody(asked)
  return (
    <Section title="发给谁" lead="按现在登记的组织、职务和阶段计算，发出时以当时登记的为准。">
      {isAsked ? (
        <Persons organizationId={organizationId} audience={asked} />
      ) : (
        <p className={parts.note}>选好发送对象以后，这里列出人数和名单。</p>
      )}
    </Section>
  )
}

function Persons({ organizationId, audience }: { organizationId: string; audience: Audience }) {
  const list = useInfiniteQuery({ ...audienceQuery(organizationId, audience), placeholderData: keepPreviousData })
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const [first] = list.data?.pages ?? []
  if (first === undefined) return <PageLoading lines={3} />
  const persons = list.data?.pages.flatMap((it) => it.items) ?? []
  return (
    <>
      <AudienceFigures view={first} />
      <ul className={classes.names} aria-label="收到通知的人">
        {persons.map((it) => (
          <li key={it.id}>
            {it.name} <span className={classes.below}>{it.organization.name}</span>
            {!it.hasAccount && <span className={classes.below}>（没有账号）</span>}
          </li>
        ))}
      </ul>
      <MoreButton list={list}>查看更多的人</MoreButton>
    </>
  )
}

/** How many it reaches, how many not, and how much they got in the last seven days. */
export function AudienceFigures({ view }: { view: AudiencePage }) {
  const many = view.received.filter((it) => it.notices >= 5).reduce((sum, it) => sum + it.persons, 0)
  const some = view.received.filter((it) => it.notices >= 3 && it.notices < 5).reduce((sum, it) => sum + it.persons, 0)
  return (
    <div role="status">
      <ul className={classes.figures}>
        <li>
          <strong>共 {written(view.count)} 人</strong>
          {view.count === 0 && '：按现在的条件没有人会收到，请检查发送对象。'}
        </li>
        {view.withoutAccount > 0 && (
          <li>其中 {written(view.withoutAccount)} 人没有账号，收不到，请当面或电话通知，或先为其开通账号。</li>
        )}
        {many > 0 && <li>其中 {written(many)} 人本周已收到 5 条以上，请考虑能否合并或推后。</li>}
        {some > 0 && <li>其中 {written(some)} 人本周已收到 3 至 4 条。</li>}
      </ul>
    </div>
  )
}

const written = (count: number) => count.toLocaleString('zh-CN')
