import { Checkbox, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import type { FoundPerson } from '../people/PersonSelect.tsx'
import type { Chosen } from './chosen.ts'
import classes from './PersonsPicker.module.css'
import type { PersonsSource } from './personsSource.ts'

interface Props {
  source: PersonsSource
  chosen: readonly Chosen[]
  onAdd: (more: readonly Chosen[]) => void
  onRemove: (ids: readonly string[]) => void
}

/** So many the server tells at a time. */
const listed = 200

/** The persons of an organisation with check boxes, and one for all of them. */
export function PersonsOfBranch(props: Props) {
  const [organizationId, setOrganizationId] = useState<string>()
  return (
    <>
      <OrganizationPicker
        label="党支部"
        value={organizationId}
        onChange={setOrganizationId}
        {...(props.source.among && { among: props.source.among })}
      />
      {organizationId !== undefined && <List key={organizationId} organizationId={organizationId} {...props} />}
    </>
  )
}

function List({ organizationId, source, chosen, onAdd, onRemove }: Props & { organizationId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: [...source.key, 'of', organizationId],
    queryFn: ({ signal }) => source.of(organizationId, signal),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading lines={3} />
  const { items, next } = data
  if (items.length === 0) return <Text size="sm">这里没有您可以选择的人员。</Text>
  const isChosen = (it: FoundPerson) => chosen.some(({ id }) => id === it.id)
  const count = items.filter(isChosen).length
  return (
    <>
      <Checkbox
        label={`全选（${items.length} 人）`}
        checked={count === items.length}
        indeterminate={count > 0 && count < items.length}
        onChange={(event) => (event.currentTarget.checked ? onAdd(items) : onRemove(items.map((it) => it.id)))}
      />
      {next !== undefined && <Text size="sm">人数较多，只列出前 {listed} 人；请改选下级党支部。</Text>}
      <div className={classes.list}>
        {items.map((it) => (
          <Checkbox
            key={it.id}
            label={labelOf(it, organizationId)}
            checked={isChosen(it)}
            onChange={(event) => (event.currentTarget.checked ? onAdd([it]) : onRemove([it.id]))}
          />
        ))}
      </div>
    </>
  )
}

/** The branch is named where the list is that of a college. */
function labelOf({ name, studentNumber, organization }: FoundPerson, organizationId: string): string {
  const elsewhere = organization.id === organizationId ? null : organization.name
  return [name, studentNumber, elsewhere].filter((it) => it).join('　')
}
