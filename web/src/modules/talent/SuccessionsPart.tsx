import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { successionsQuery } from './api.ts'
import { BeginSuccessionDialog } from './BeginSuccessionDialog.tsx'
import { SuccessionRows } from './SuccessionRows.tsx'

/** 工作交接: the offices that change hands, as far as the reader hands them over, leaves them or comes into them. With an organisation one of its is begun at once. */
export function SuccessionsPart({ organizationId }: { organizationId: string | undefined }) {
  const { data, error, refetch } = useQuery(successionsQuery)
  const [isBeginning, setIsBeginning] = useState(organizationId !== undefined)
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  const { items, places, isCut } = data
  return (
    <Section
      title="工作交接"
      lead="书记、委员、组织员等职务换人的时候用。没办完的事、今后要办的事、材料和权限，由系统从记录里列出来。"
      actions={places.length > 0 && <Button onClick={() => setIsBeginning(true)}>开始交接</Button>}
    >
      {items.length === 0 ? (
        <EmptyState title="没有工作交接">
          {places.length > 0
            ? '有人要离任的时候，点“开始交接”，选好组织、职务和接手人。'
            : '您离任或者接手一项职务的时候，由上级党组织开始交接，交接单列在这里。'}
        </EmptyState>
      ) : (
        <SuccessionRows label="工作交接" rows={items} />
      )}
      {isCut && <p className={parts.note}>只列出最近 200 次。</p>}
      {isBeginning && places.length > 0 && (
        <BeginSuccessionDialog places={places} organizationId={organizationId} onClose={() => setIsBeginning(false)} />
      )}
    </Section>
  )
}
