import { Button, Checkbox } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { dayWritten, stageLabels } from '@zhibu/rules'
import type { EligibleRow, Enrolled, ProgrammeView } from '@zhibu/server/modules/training/schema'
import { useState } from 'react'
import { DataList } from '../../ui/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'
import { candidatesQuery, programmeQuery } from './api.ts'
import { EnrolAllDialog, EnrolChosenDialog, NominateDialog } from './EnrolDialogs.tsx'
import type { TrainingSearch } from './searches.ts'
import { asDay, audienceNames } from './words.ts'

const route = getRouteApi('/signed-in/training/$programmeId/candidates')

/** Those who may come onto the list of a programme, to be enrolled by whoever runs it, or proposed by their branch. */
export function CandidatesPage() {
  const { programmeId } = route.useParams()
  const { data, error, refetch } = useQuery(programmeQuery(programmeId))
  const it = data?.value
  const enrols = it?.can.enrol ?? false
  const title = enrols || it === undefined ? '录取学员' : '推荐学员'
  return (
    <Page
      title={title}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(it ? [{ label: it.title, to: `/training/${programmeId}` }] : []),
      ]}
      {...(it && { lead: leadOf(it) })}
      actions={
        enrols && (
          <LinkButton variant="default" to="/training/$programmeId/participants" params={{ programmeId }}>
            学员名单
          </LinkButton>
        )
      }
    >
      {it ? (
        <Candidates it={it} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

function leadOf(it: ProgrammeView): string {
  const whom = audienceNames[it.audience]
  const places = it.capacity === null ? '名额不限' : `名额 ${it.capacity} 人，已录取 ${it.taken} 人，满了以后的候补`
  return it.can.enrol
    ? `登记为${whom}、还不在名单上的人。${places}。`
    : `本支部登记为${whom}、还不在名单上的人。${places}。按推荐的先后排。`
}

const columns: Column<EligibleRow>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.person.name },
  { key: 'studentNumber', header: '学号（工号）', cell: (it) => it.person.studentNumber },
  { key: 'organization', header: '所在组织', cell: (it) => it.organization.name },
  { key: 'stage', header: '登记的情况', cell: (it) => it.stage && stageLabels[it.stage] },
  { key: 'trainedOn', header: '登记过的同类培训', cell: (it) => trainedOn(it) },
  { key: 'isEligible', header: '符合对象', cell: (it) => (it.isEligible ? '' : '不符合') },
]

function trainedOn(it: EligibleRow): string {
  const on = asDay(it.trainedOn)
  return on ? dayWritten(on) : ''
}

function Candidates({ it }: { it: ProgrammeView }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Pick<TrainingSearch, 'q' | 'cursor' | 'organization' | 'among' | 'untrained'>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const enrols = it.can.enrol
  const among = enrols && search.among === 'all' ? 'all' : 'eligible'
  const isUntrained = search.untrained === 'yes'
  const filter = { q: search.q, organizationId: search.organization, among, isUntrained } as const
  const list = useQuery({
    ...candidatesQuery(it.id, { ...filter, cursor: search.cursor }),
    placeholderData: keepPreviousData,
  })
  // How many there are stands on the first page.
  const total = useQuery(candidatesQuery(it.id, { ...filter, cursor: undefined })).data?.total
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<'chosen' | 'all'>()
  const [done, setDone] = useState<string>()
  const isNarrowed = Object.values({ ...search, cursor: undefined }).some((value) => value !== undefined)
  const finish = (verb: string) => (result: Enrolled) => {
    setChosen(new Set())
    setAsked(undefined)
    setDone(`${verb} ${result.added} 人${result.waiting > 0 ? `，其中 ${result.waiting} 人候补` : ''}。`)
    change({ cursor: undefined })
  }
  const shown = columns.filter(
    ({ key }) => (key !== 'isEligible' || among === 'all') && (key !== 'trainedOn' || hasAct(it)),
  )
  const verb = enrols ? '录取' : '推荐'
  return (
    <>
      {done !== undefined && <p role="status">{done}</p>}
      <DataList
        id="training-candidates"
        label={enrols ? '可以录取的人' : '可以推荐的人'}
        columns={shown}
        rowKey={(row) => row.person.id}
        search={{ q: search.q, cursor: search.cursor }}
        onSearch={({ q, cursor }) => change({ q, cursor })}
        list={{
          ...list,
          data: list.data && { ...list.data, ...(total !== undefined && { total }) },
        }}
        selection={{ chosen, onChange: setChosen, nameOf: (row) => row.person.name }}
        filters={
          <>
            {enrols && (
              <OrganizationFilter
                value={search.organization}
                onChange={(organization) => change({ organization, cursor: undefined })}
              />
            )}
            {hasAct(it) && (
              <Checkbox
                label="只看没有登记过同类培训的"
                checked={isUntrained}
                onChange={(event) =>
                  change({ untrained: event.currentTarget.checked ? 'yes' : undefined, cursor: undefined })
                }
              />
            )}
            {enrols && it.audience !== 'others' && (
              <Checkbox
                label="也列出不符合对象的"
                checked={among === 'all'}
                onChange={(event) =>
                  change({ among: event.currentTarget.checked ? 'all' : undefined, cursor: undefined })
                }
              />
            )}
          </>
        }
        actions={
          <>
            <Button disabled={chosen.size === 0} onClick={() => setAsked('chosen')}>
              {chosen.size === 0 ? `${verb}选中的人` : `${verb}选中的 ${chosen.size} 人`}
            </Button>
            {enrols && among === 'eligible' && !search.q && (total ?? 0) > 0 && (
              <Button variant="default" onClick={() => setAsked('all')}>
                全部录取
              </Button>
            )}
          </>
        }
        empty={
          isNarrowed ? (
            <EmptyState title="没有符合条件的人员">请换个条件，或者清除筛选条件。</EmptyState>
          ) : (
            <EmptyState title={`没有可以${verb}的人`}>
              登记为{audienceNames[it.audience]}
              的人都已经在名单上，或者还没有登记。情况以“发展党员”和“组织”里登记的为准。
            </EmptyState>
          )
        }
      />
      {asked === 'chosen' && enrols && (
        <EnrolChosenDialog
          programmeId={it.id}
          chosen={chosen}
          mayBeOthers={among === 'all'}
          onDone={finish('已录取')}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === 'chosen' && !enrols && (
        <NominateDialog
          programmeId={it.id}
          chosen={chosen}
          onDone={finish('已推荐')}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === 'all' && (
        <EnrolAllDialog
          it={it}
          total={total ?? 0}
          organizationId={search.organization}
          isUntrained={isUntrained}
          onDone={finish('已录取')}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

/** Whether the record tells who had such a training already. */
const hasAct = ({ audience }: Pick<ProgrammeView, 'audience'>): boolean =>
  audience === 'activists' || audience === 'prospects'
