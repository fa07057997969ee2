import { Button, Select } from '@mantine/core'
import { addDays, type Day } from '@zhibu/rules'
import { useState } from 'react'
import { Problem } from '../problem.ts'
import { DataList } from '../ui/DataList.tsx'
import { DayText } from '../ui/DayText.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import type { Column } from '../ui/ListRows.tsx'
import type { ListSearch } from '../ui/listSearch.ts'
import { SeverityMark } from '../ui/SeverityMark.tsx'
import { Sample } from './Sample.tsx'

interface Row {
  id: string
  name: string
  branch: string
  stage: string
  next: string
  latestOn: Day
  findings: number
  number: string
}

const surnames = ['沈知微', '陆闻溪', '顾南乔', '程予安', '叶澜', '许清和', '宋砚书', '韩予墨', '欧阳静姝', '林喆']
const rows: Row[] = surnames.map((name, at) => ({
  id: String(at),
  name,
  branch: at % 2 === 0 ? '研究生第一党支部' : '本科生第二党支部',
  stage: ['入党申请人', '入党积极分子', '发展对象', '预备党员'][at % 4] ?? '',
  next: ['派人谈话', '半年考察', '政治审查', '讨论转正'][at % 4] ?? '',
  latestOn: addDays('2026-05-03', at * 3),
  findings: at % 3,
  number: `20221107${String(31 + at)}`,
}))

const columns: Column<Row>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.name, isSortable: true },
  { key: 'branch', header: '党支部', cell: (it) => it.branch, isSortable: true },
  { key: 'stage', header: '阶段', cell: (it) => it.stage },
  { key: 'next', header: '下一步', cell: (it) => it.next },
  {
    key: 'latestOn',
    header: '最迟日期',
    cell: (it) => <DayText on={it.latestOn} relative="deadline" />,
    isSortable: true,
  },
  {
    key: 'findings',
    header: '疑点',
    cell: (it) => (it.findings === 0 ? '无' : <SeverityMark severity="error" count={it.findings} />),
  },
  { key: 'number', header: '学号', cell: (it) => it.number, isHiddenAtFirst: true },
]

const common = { columns, rowKey: (it: Row) => it.id, rowPath: (it: Row) => `/people/${it.id}` }
const nobody = (
  <EmptyState title="没有符合条件的人员" action={<Button>导入名册</Button>}>
    换一个条件试试；如果还没有录入人员，可以先导入现有的电子表格。
  </EmptyState>
)
const noAnswer = new Problem({ title: '连接不上服务器', detail: '没有连上服务器，请检查网络后重试。', status: 0 })

/** Lists with rows, loading, empty, failed. */
export function ListSamples() {
  const [search, setSearch] = useState<ListSearch>({ sort: 'latestOn' })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['2']))
  const shared = {
    ...common,
    search,
    onSearch: (change: object) => setSearch((it) => ({ ...it, ...change })),
    empty: nobody,
  }
  return (
    <Sample name="DataList 列表">
      <DataList
        {...shared}
        id="catalogue"
        label="发展对象名册"
        list={{ data: { items: rows.filter((it) => it.name.includes(search.q ?? '')), next: 'page-2', total: 3128 } }}
        selection={{ chosen, onChange: setChosen, nameOf: (it) => it.name }}
        filters={
          <Select aria-label="党支部" placeholder="全部党支部" data={['研究生第一党支部', '本科生第二党支部']} />
        }
        actions={<Button variant="default">导出</Button>}
      />
      <DataList {...shared} id="loading" label="正在读取的列表" list={{ data: undefined }} />
      <DataList {...shared} id="empty" label="空列表" list={{ data: { items: [] } }} />
      <DataList
        {...shared}
        id="failed"
        label="出错的列表"
        list={{ data: undefined, error: noAnswer, refetch: () => {} }}
      />
    </Sample>
  )
}
