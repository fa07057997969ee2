import { Badge, Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { availabilityNames, dutyNames, employmentNames } from '@zhibu/server/modules/talent/names-schema'
import type { StaffRow } from '@zhibu/server/modules/talent/schema'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DataList } from '../../ui/DataList.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { isNarrowed } from '../../ui/listSearch.ts'
import { PictureLink } from '../../ui/PictureLink.tsx'
import { Section } from '../../ui/Section.tsx'
import { skillsQuery, staffQuery } from './api.ts'
import { NewStaffDialog } from './NewStaffDialog.tsx'
import { groupsOf } from './OwnDialog.tsx'
import type { StaffSearch } from './searches.ts'
import classes from './Talent.module.css'
import { dayInWords, officesInWords, postInWords } from './words.ts'

const route = getRouteApi('/signed-in/staff')

/** What can be asked of the list in one word. */
const onlyNames = { stale: '本学期还没有核对', asking: '有更正申请', several: '同时担任几项' } as const

const columns: Column<StaffRow>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.person.name },
  { key: 'organization', header: '所在组织', cell: (it) => it.organization.name },
  { key: 'post', header: '岗位', cell: (it) => postInWords(it) },
  { key: 'offices', header: '任职', cell: (it) => officesInWords(it.offices) },
  { key: 'skills', header: '技能', cell: (it) => it.skills.join('、') },
  {
    key: 'availability',
    header: '可承担工作',
    cell: (it) => (it.availability === null ? '' : availabilityNames[it.availability]),
  },
  {
    key: 'confirmedOn',
    header: '核对日期',
    cell: (it) => (
      <span className={classes.whole}>
        {it.confirmedOn === null ? '还没有核对' : dayInWords(it.confirmedOn)}{' '}
        {it.openCorrections > 0 && <Badge color="yellow">有更正申请</Badge>}
      </span>
    ),
  },
]

/** Those who do the work where the reader keeps the files, by name. */
export function EverybodyPart({ places }: { places: readonly { id: string; name: string }[] }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: StaffSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const narrow = (part: StaffSearch) => change({ ...part, cursor: undefined })
  const skills = useQuery(skillsQuery).data?.items ?? []
  const [isNew, setIsNew] = useState(false)
  const asked = {
    q: search.q,
    organizationId: search.organizationId,
    employment: codeIn(employmentNames, search.employment),
    duty: codeIn(dutyNames, search.duty),
    skillId: search.skillId,
    availability: codeIn(availabilityNames, search.availability),
    only: codeIn(onlyNames, search.only),
  }
  const list = useQuery({ ...staffQuery({ ...asked, cursor: search.cursor }), placeholderData: keepPreviousData })
  const { list: _, ...filters } = search
  return (
    <Section
      title="队伍名单"
      lead="按姓名排列，没有排名。任职、学时和证书来自各自的登记，不用再填。"
      actions={<Button onClick={() => setIsNew(true)}>登记工作人员</Button>}
    >
      <DataList
        id="staff"
        label="工作队伍名单"
        columns={columns}
        rowKey={(it) => it.person.id}
        rowPath={(it) => `/staff/${it.person.id}`}
        search={search}
        onSearch={change}
        list={list}
        filters={
          <>
            {places.length > 1 && (
              <ListFilter
                label="组织（含下级）"
                all="全部组织"
                choices={places.map(({ id, name }) => ({ value: id, label: name }))}
                value={search.organizationId}
                onChange={(organizationId) => narrow({ organizationId })}
                searchable
              />
            )}
            <ListFilter
              label="专职或兼职"
              all="专职、兼职、学生"
              choices={choicesOf(employmentNames)}
              value={asked.employment}
              onChange={(employment) => narrow({ employment })}
              width={160}
            />
            <ListFilter
              label="岗位类别"
              all="全部岗位"
              choices={choicesOf(dutyNames)}
              value={asked.duty}
              onChange={(duty) => narrow({ duty })}
              width={180}
            />
            <ListFilter
              label="技能"
              all="全部技能"
              choices={groupsOf(skills)}
              value={search.skillId}
              onChange={(skillId) => narrow({ skillId })}
              width={180}
              searchable
            />
            <ListFilter
              label="可承担工作"
              all="可承担工作"
              choices={choicesOf(availabilityNames)}
              value={asked.availability}
              onChange={(availability) => narrow({ availability })}
              width={160}
            />
            <ListFilter
              label="只看"
              all="只看……"
              choices={choicesOf(onlyNames)}
              value={asked.only}
              onChange={(only) => narrow({ only })}
              width={180}
            />
          </>
        }
        actions={
          <>
            <PictureLink picture="staff" search={filters} />
            <DownloadButton url="/api/talent/exports" body={asked}>
              导出名单
            </DownloadButton>
          </>
        }
        empty={
          isNarrowed(filters) ? (
            <EmptyState title="没有符合条件的人">可以换用姓名、学号中的几个字，或清除筛选条件。</EmptyState>
          ) : (
            <EmptyState title="还没有工作队伍">
              在“组织”里登记任职以后，任职的人自动列在这里。没有党内任职的，点“登记工作人员”。
            </EmptyState>
          )
        }
      />
      {isNew && <NewStaffDialog onClose={() => setIsNew(false)} />}
    </Section>
  )
}
