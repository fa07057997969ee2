import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { useToday } from '../../ui/today.ts'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'
import { keepersQuery } from './api.ts'
import classes from './CompletenessPage.module.css'

interface Props {
  organizationId: string | undefined
  onOrganization: (organizationId: string | undefined) => void
}

/** Which papers of their own organisations have not filed in a year, where the rules say how often they come about. */
export function KeeperGaps({ organizationId, onOrganization }: Props) {
  const thisYear = Number(useToday()?.slice(0, 4) ?? new Date().getFullYear())
  const [year, setYear] = useState<string>()
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    keepersQuery({ organizationId, year }),
  )
  const items = data?.pages.flatMap((it) => it.items)
  const years = [1, 2, 3].map((ago) => `${thisYear - ago}`)
  return (
    <>
      <p className={classes.sum}>
        只列规定写明多久形成一次的：支部党员大会记录每季度、支委会记录每月（设支委会的支部）、党委的入党积极分子队伍状况分析每年。按材料日期归到各期，还没有过完的一期不列。从未归档过本组织材料的，不作判断。
      </p>
      <div className={`${classes.filters} no-print`}>
        <OrganizationFilter value={organizationId} onChange={onOrganization} />
        <ListFilter
          label="年份"
          all={`${thisYear}年`}
          choices={years.map((value) => ({ value, label: `${value}年` }))}
          value={year}
          onChange={setYear}
          width={120}
        />
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : items === undefined ? (
        <PageLoading />
      ) : items.length === 0 ? (
        <EmptyState title="权限范围内没有支部或党委" />
      ) : (
        <RowList
          label="各组织自己的材料"
          rows={items.map(({ id, name, filed, gaps }) => ({
            key: id,
            title: (
              <Link to="/archive/organizations/$organizationId" params={{ organizationId: id }}>
                {name}
              </Link>
            ),
            facts: [
              `${year ?? thisYear}年已归档 ${filed} 份`,
              gaps.length > 0 && (
                <ul key="gaps" className={classes.gaps}>
                  {gaps.map((it) => (
                    <li key={`${it.place} ${it.from}`}>
                      {it.message}（{it.basis.cited}
                      {it.basis.toVerify && '，待核实'}）
                    </li>
                  ))}
                </ul>
              ),
            ],
          }))}
        />
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          显示更多
        </Button>
      )}
    </>
  )
}
