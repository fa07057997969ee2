import { ActionIcon, Button, Checkbox, Group, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import type { NewOffices, TreeNode } from '@zhibu/server/modules/organization/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, Suspense, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { organizationClient, organizationKey, treeQuery } from './api.ts'
import classes from './OfficesPage.module.css'
import { OrganizationPicker } from './OrganizationPicker.tsx'
import { nextDraft, type OfficeDraft, officesIn } from './officeDraft.ts'
import { useParts } from './parts.ts'

const route = getRouteApi('/signed-in/organization/$organizationId/offices')

/** Registers the officers of several branches at once: a row each, all or none. */
export function OfficesPage() {
  const { organizationId } = route.useParams()
  const tree = useQuery(treeQuery())
  const nodes = tree.data?.nodes ?? []
  const top = nodes.find((it) => it.id === organizationId)
  const below = branchesBelow(nodes, organizationId).filter((it) => it.can.appoint.length > 0)
  return (
    <Page
      title="登记支部任职"
      breadcrumbs={[
        { label: '组织', to: '/organization' },
        { label: top?.name ?? '…', to: `/organization/${organizationId}` },
      ]}
      lead="一行登记一项，全部通过才会保存。任职自任职日期起带来相应的权限，离任后自动收回。"
    >
      {tree.data === undefined ? (
        tree.error ? (
          <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />
        ) : (
          <PageLoading />
        )
      ) : below.length === 0 ? (
        <EmptyState title="没有可以登记任职的支部">下级支部的任职由其上一级党组织登记。</EmptyState>
      ) : (
        <Form organizationId={organizationId} branches={below} />
      )}
    </Page>
  )
}

function Form({ organizationId, branches }: { organizationId: string; branches: readonly TreeNode[] }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [rows, setRows] = useState<readonly OfficeDraft[]>(() => [nextDraft([])])
  const [documentNumber, setDocumentNumber] = useState('')
  useUnsaved(rows.some((it) => it.organizationId !== undefined || it.personId !== undefined))
  const leave = () => navigate({ to: '/organization/$organizationId', params: { organizationId } })
  const appoint = useMutation({
    mutationFn: (json: NewOffices) => parseResponse(organizationClient.offices.$post({ json })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: organizationKey })
      await leave()
    },
  })
  const offices = officesIn(rows, documentNumber)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (offices && !appoint.isPending) appoint.mutate(offices)
  }
  const change = (key: number, part: Partial<OfficeDraft>) =>
    setRows((all) => all.map((it) => (it.key === key ? { ...it, ...part } : it)))
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      {rows.map((row, at) => (
        <OfficeRow
          key={row.key}
          row={row}
          number={at + 1}
          branches={branches}
          problem={(field) => problemIn(appoint.error, `offices.${at}.${field}`)}
          onChange={(part) => change(row.key, part)}
          onRemove={rows.length > 1 ? () => setRows(rows.filter((it) => it.key !== row.key)) : undefined}
        />
      ))}
      <div>
        <Button variant="default" onClick={() => setRows([...rows, nextDraft(rows)])} disabled={rows.length >= 200}>
          再登记一项
        </Button>
      </div>
      <TextInput
        label="任职文号（可不填）"
        description="以上各项相同的批复文号。"
        value={documentNumber}
        onChange={(event) => setDocumentNumber(event.currentTarget.value)}
        className={classes.documentNumber}
      />
      <ProblemNote error={appoint.error} />
      <Group>
        <Button type="submit" disabled={offices === undefined} loading={appoint.isPending}>
          {offices === undefined ? '登记任职' : `登记 ${offices.offices.length} 项任职`}
        </Button>
        <Button variant="default" onClick={() => void leave()}>
          取消
        </Button>
      </Group>
    </form>
  )
}

interface RowProps {
  row: OfficeDraft
  number: number
  branches: readonly TreeNode[]
  problem: (field: 'from' | 'until') => string | undefined
  onChange: (part: Partial<OfficeDraft>) => void
  onRemove: (() => void) | undefined
}

function OfficeRow({ row, number, branches, problem, onChange, onRemove }: RowProps) {
  const { PersonPicker } = useParts()
  const branch = branches.find((it) => it.id === row.organizationId)
  const offices = branch?.can.appoint ?? branches[0]?.can.appoint ?? []
  const ids = new Set(branches.map((it) => it.id))
  return (
    <fieldset className={classes.row}>
      <legend>第 {number} 项</legend>
      <div className={classes.branch}>
        <OrganizationPicker
          label="党支部"
          value={row.organizationId}
          onChange={(organizationId) => onChange({ organizationId })}
          among={(it) => ids.has(it.id)}
          required
        />
      </div>
      <Select
        label="职务"
        data={offices.map((value) => ({ value, label: officeNames[value] }))}
        value={row.office ?? null}
        onChange={(value) => onChange({ office: codeIn(officeNames, value) })}
        required
      />
      <div className={classes.person}>
        <Suspense fallback={<PageLoading lines={1} />}>
          <PersonPicker label="人员" onChange={(personId) => onChange({ personId })} />
        </Suspense>
      </div>
      <DayInput
        label="任职日期"
        value={row.from}
        onChange={(from) => onChange({ from })}
        error={problem('from')}
        required
      />
      <DayInput
        label="离任日期（可不填）"
        value={row.until}
        onChange={(until) => onChange({ until })}
        error={problem('until')}
        {...(row.from && { earliest: row.from })}
      />
      {onRemove && (
        <ActionIcon variant="default" size="lg" aria-label={`移去第 ${number} 项`} onClick={onRemove}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      )}
      {row.office === 'secretary' && branch?.secretary && (
        <Checkbox
          className={classes.whole ?? ''}
          label={`现任书记${branch.secretary}在任职日期的前一天离任`}
          checked={row.replaces}
          onChange={(event) => onChange({ replaces: event.currentTarget.checked })}
        />
      )}
    </fieldset>
  )
}

/** What lies below an organisation, in the order of the tree. */
function branchesBelow(nodes: readonly TreeNode[], organizationId: string): TreeNode[] {
  const within = new Set([organizationId])
  return nodes.filter((it) => {
    const isBelow = it.parentId !== null && within.has(it.parentId)
    if (isBelow) within.add(it.id)
    return isBelow
  })
}
