import { Badge, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Statements as Listed } from '@zhibu/server/modules/training/attendance-schema'
import { useSession } from '../../session.ts'
import { choicesOf } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { SearchField } from '../../ui/SearchField.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { WideTable } from '../../ui/WideTable.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { statementsQuery } from './api.ts'
import classes from './Training.module.css'
import { yearIn } from './words.ts'
import { YearButtons } from './YearButtons.tsx'

const route = getRouteApi('/signed-in/training')

/** Of whom the hours are listed. */
const groups = { members: '党员', officers: '支部班子成员' } as const

/** 年度学时: the hours of a year of everybody below an organisation, by branch and name; never ordered by hours. */
export function Statements({ places }: { places: readonly { id: string; name: string }[] }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const year = yearIn(search.year, useToday())
  const offices = useSession()?.offices.map((it) => it.organizationId) ?? []
  const usual = offices.find((id) => places.some((it) => it.id === id)) ?? places[0]?.id
  const organizationId = places.find((it) => it.id === search.organization)?.id ?? usual
  const of = search.of === 'officers' ? 'officers' : 'members'
  const asked = statementsQuery(organizationId ?? '', { year, of, q: search.q })
  const list = useInfiniteQuery({ ...asked, enabled: year > 0 && organizationId !== undefined })
  const { data, error, refetch } = list
  const [first] = data?.pages ?? []
  const items = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <Section
      title={`${year} 年学时`}
      lead="按支部和姓名排列，不按学时排名。点姓名看是哪些课程；漏登的，请到课程的到课登记里补上。"
      actions={<YearButtons year={year} list="statements" />}
    >
      <div className={`${classes.filters} no-print`}>
        <OrganizationSelect
          label="组织（含下级）"
          organizations={places}
          value={organizationId}
          onChange={(id) => change({ organization: id })}
        />
        <div className={classes.foot}>
          <SegmentedControl
            aria-label="哪些人"
            data={choicesOf(groups)}
            value={of}
            onChange={(value) => change({ of: value === 'officers' ? value : undefined })}
          />
        </div>
        <div className={classes.foot}>
          <SearchField
            label="查找人员"
            placeholder="姓名、学号、拼音首字母，按回车查找"
            value={search.q}
            onSearch={(q) => change({ q })}
          />
        </div>
      </div>
      {first ? (
        <>
          <Table it={{ ...first, items }} year={year} isNarrowed={(search.q ?? '') !== ''} />
          <MoreButton list={list}>查看后面的人员</MoreButton>
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Section>
  )
}

function Table({ it, year, isNarrowed }: { it: Listed; year: number; isNarrowed: boolean }) {
  const { text, hours: asked, cited, isToVerify } = it.requirement
  if (it.items.length === 0)
    return isNarrowed ? (
      <EmptyState title="没有符合条件的人员">请换个词，或者清除查找的词。</EmptyState>
    ) : (
      <EmptyState title="没有这类人员">党员以“发展党员”里登记的情况为准，班子成员以“组织”里登记的任职为准。</EmptyState>
    )
  return (
    <div className={parts.form}>
      <p className={parts.note}>
        {text}
        {cited !== '' && `依据：${cited}。`} {isToVerify && <Badge color="gray">待核实</Badge>}
      </p>
      <WideTable label="年度学时">
        <caption className="for-screen-readers">{year} 年学时</caption>
        <thead>
          <tr>
            <th scope="col">姓名</th>
            <th scope="col">所在组织</th>
            <th scope="col">学时</th>
            <th scope="col">天数</th>
            <th scope="col">距一般要求</th>
          </tr>
        </thead>
        <tbody>
          {it.items.map(({ person, organization, hours, days }) => (
            <tr key={person.id}>
              <th scope="row">
                <Link
                  to="/training/statements/$personId"
                  params={{ personId: person.id }}
                  search={{ year: String(year) }}
                >
                  {person.name}
                </Link>
              </th>
              <td>{organization}</td>
              <td>{hours}</td>
              <td>{days}</td>
              <td>{asked === 0 ? '' : hours >= asked ? '已达到' : `还可安排 ${asked - hours} 学时`}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  )
}
