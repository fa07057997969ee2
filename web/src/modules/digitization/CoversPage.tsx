import { Button, Checkbox, Group, MultiSelect, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type Stage, stageLabels } from '@zhibu/rules'
import type { CoverChoices, CoverOrder } from '@zhibu/server/modules/digitization/cover-order-schema'
import { branchKinds } from '@zhibu/server/modules/organization/kinds-schema'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { treeQuery } from '../organization/api.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { coverChoicesQuery, placesQuery } from './api.ts'
import classes from './Digitization.module.css'
import { printCovers } from './printing.ts'

const route = getRouteApi('/signed-in/digitization/covers')

/** Cover sheets for an organisation and all below it: for whom, and for which papers. */
export function CoversPage() {
  const { organizationId } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: tree } = useQuery(treeQuery())
  // A branch keeps its own papers; whoever keeps those of many says which they print for.
  const highest = tree?.nodes.find((it) => it.can.keepFiles)
  const own = highest && branchKinds.includes(highest.kind) ? highest.id : undefined
  const shown = organizationId ?? own
  return (
    <Page
      title="打印封面"
      breadcrumbs={[{ label: '纸质材料整理', to: '/digitization' }]}
      lead="每份材料一张 A4 封面，上面的二维码写明是谁的、哪一类。放在这份材料的第一页之前一起扫描，系统就能自动分开。"
    >
      <Section title="哪个组织">
        <OrganizationPicker
          label="组织（含下级）"
          value={shown}
          onChange={(chosen) => void navigate({ search: { organizationId: chosen }, replace: true })}
          among={(it) => it.can.keepFiles}
          required
        />
      </Section>
      {tree !== undefined && shown === undefined && (
        <EmptyState title="还没有选择组织">选一个支部，或者人数不太多的组织，列出其中的人员和材料。</EmptyState>
      )}
      {shown !== undefined && <Choosing key={shown} organizationId={shown} />}
    </Page>
  )
}

function Choosing({ organizationId }: { organizationId: string }) {
  const { data, error, refetch } = useQuery(coverChoicesQuery(organizationId))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  return (
    <>
      <OfPersons it={data} />
      <OfOrganization it={data} />
    </>
  )
}

const stageChoices = choicesOf(stageLabels)

/** Covers for the papers of persons. */
function OfPersons({ it }: { it: CoverChoices }) {
  const [stage, setStage] = useState<Stage>()
  const [name, setName] = useState('')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [kind, setKind] = useState<'missing' | 'chosen'>('missing')
  const [places, setPlaces] = useState<string[]>([])
  const listed = it.persons.filter(
    (person) => (stage === undefined || person.stage === stage) && person.name.includes(name.trim()),
  )
  const chosen = listed.filter((person) => !left.has(person.id))
  const sheets =
    kind === 'missing' ? chosen.reduce((sum, person) => sum + person.missing.length, 0) : chosen.length * places.length
  const order: CoverOrder = {
    personIds: chosen.map((person) => person.id),
    places: kind === 'missing' ? 'missing' : places,
  }
  if (it.persons.length === 0) {
    return (
      <Section title="个人的材料">
        <EmptyState title="这个组织还没有人员" />
      </Section>
    )
  }
  const take = (ids: readonly string[]) => setLeft(new Set([...left].filter((it) => !ids.includes(it))))
  const leave = (ids: readonly string[]) => setLeft(new Set([...left, ...ids]))
  const shown = listed.map((person) => person.id)
  const hidden = it.persons.length - listed.length
  return (
    <Section title="个人的材料">
      <div className={classes.choice}>
        <Stack gap={4}>
          <span>哪些材料</span>
          <SegmentedControl
            aria-label="哪些材料"
            data={[
              { value: 'missing', label: '到期未归档的' },
              { value: 'chosen', label: '选定类别' },
            ]}
            value={kind}
            onChange={(value) => setKind(value === 'chosen' ? 'chosen' : 'missing')}
          />
        </Stack>
        {kind === 'chosen' && <PlacesInput subject="person" value={places} onChange={setPlaces} />}
        <Group gap="sm" align="end">
          <Select
            label="发展阶段"
            placeholder="全部阶段"
            data={stageChoices}
            value={stage ?? null}
            onChange={(value) => setStage(codeIn(stageLabels, value))}
            clearable
            clearButtonProps={{ 'aria-label': '清除发展阶段' }}
          />
          <TextInput label="查找姓名" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </Group>
        <Group gap="xs">
          <Button variant="default" size="compact-sm" onClick={() => take(shown)}>
            全选
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => leave(shown)}>
            全不选
          </Button>
          <span className={parts.note} role="status">
            列出 {listed.length} 人，选了 {chosen.length} 人{hidden > 0 && `；没有列出的 ${hidden} 人不打印`}
          </span>
        </Group>
        {listed.length === 0 ? (
          <p className={parts.note}>没有符合条件的人。</p>
        ) : (
          <ul className={classes.persons} aria-label="选择人员">
            {listed.map((person) => (
              <li key={person.id}>
                <Checkbox
                  checked={!left.has(person.id)}
                  onChange={(event) => (event.currentTarget.checked ? take : leave)([person.id])}
                  label={[person.name, person.studentNumber].filter((part) => part !== null).join('　')}
                  description={`${person.organization}；${person.missing.length === 0 ? '没有到期未归档的' : `到期未归档 ${person.missing.length} 类`}`}
                />
              </li>
            ))}
          </ul>
        )}
        <PrintButton order={order} sheets={sheets} />
      </div>
    </Section>
  )
}

/** Covers for the papers of the organisation itself. */
function OfOrganization({ it }: { it: CoverChoices }) {
  const [places, setPlaces] = useState<string[]>([])
  return (
    <Section title="组织的材料" lead={`${it.organization.name}自己的会议记录、批复、名册等。`}>
      <div className={classes.choice}>
        <PlacesInput subject="organization" value={places} onChange={setPlaces} />
        <PrintButton order={{ organizationId: it.organization.id, places }} sheets={places.length} />
      </div>
    </Section>
  )
}

interface PlacesProps {
  subject: 'person' | 'organization'
  value: string[]
  onChange: (places: string[]) => void
}

function PlacesInput({ subject, value, onChange }: PlacesProps) {
  const { data } = useQuery(placesQuery)
  return (
    <MultiSelect
      label="类别"
      placeholder="输入名称查找"
      data={(data?.[subject] ?? []).map((it) => ({ value: it.code, label: `${it.number}　${it.label}` }))}
      value={value}
      onChange={onChange}
      searchable
      hidePickedOptions
      nothingFoundMessage={<NothingFound>没有这样的类别</NothingFound>}
    />
  )
}

function PrintButton({ order, sheets }: { order: CoverOrder; sheets: number }) {
  const printing = useMutation({ mutationFn: () => printCovers(order) })
  return (
    <>
      <div className={classes.buttons}>
        <Button disabled={sheets === 0} loading={printing.isPending} onClick={() => printing.mutate()}>
          生成封面（{sheets} 张）
        </Button>
        <span className={parts.note}>得到一个 PDF，按人排好，用 A4 纸单面打印。</span>
      </div>
      <ProblemNote error={printing.error} />
    </>
  )
}
