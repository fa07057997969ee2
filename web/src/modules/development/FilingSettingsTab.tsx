import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { filingTemplateOf, type Numbered } from '@zhibu/rules'
import type { FilingListView } from '@zhibu/server/modules/archive/filing-list-schema'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { filingListQuery } from '../archive/api.ts'
import { FilingHistory } from './FilingHistory.tsx'
import { asked, basis, FilingPlaces, retention } from './FilingPlaces.tsx'
import { FilingUseDialog } from './FilingUseDialog.tsx'
import { NumberPattern } from './NumberPattern.tsx'
import { OwnPlaceDialog } from './OwnPlaceDialog.tsx'
import classes from './PracticeTab.module.css'
import { ShippedPlaceDialog } from './ShippedPlaceDialog.tsx'
import { SubjectChoice } from './SubjectChoice.tsx'

/** 归档清单设置: what the university adds to the filing list and changes in it, and how it numbers closed files. */
export function FilingSettingsTab() {
  const { data, error, refetch } = useQuery(filingListQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  const { can } = data.value
  return (
    <div className={classes.form}>
      <Alert color="gray">
        {can.change ? '' : '归档清单和档号格式由学校党委组织部设置。'}
        《发展党员工作细则》写明的必备材料不能停用或放宽；通行做法和各校自定的，可以按本校归档范围和保管期限表调整。每次修改都留存，不影响已经归档的材料。
      </Alert>
      <NumberPattern />
      <Adjustments list={data.value} etag={data.etag} />
      <FilingHistory />
    </div>
  )
}

/** What stands open over the list. */
type Opened = { what: 'add' | 'change' | 'use'; place?: Numbered; etag: string }

function Adjustments({ list: { adjustment, can }, etag }: { list: FilingListView; etag: string }) {
  const [subject, setSubject] = useState<'person' | 'organization'>('person')
  const [opened, setOpened] = useState<Opened>()
  const template = filingTemplateOf(adjustment)
  const off = template.outOfUse.filter((it) => it.subject === subject)
  const actions: Column<Numbered> = {
    key: 'actions',
    header: '操作',
    isForActions: true,
    cell: (place) => <Actions place={place} isOff={off.includes(place)} onOpen={(it) => setOpened({ ...it, etag })} />,
  }
  const columns = [asked, retention, basis, ...(can.change ? [actions] : [])]
  const close = () => setOpened(undefined)
  return (
    <Section
      title="归档清单的调整"
      lead="增加本校的位置，或调整系统自带的位置。标“待核实”的保管期限，核对以后按本校归档范围和保管期限表设定。"
      actions={can.change && <Button onClick={() => setOpened({ what: 'add', etag })}>增加本校的位置</Button>}
    >
      <SubjectChoice value={subject} onChange={setSubject} mb="sm" w="fit-content" />
      <FilingPlaces label="使用中的位置" places={template[subject]} adjustment={adjustment} columns={columns} />
      {off.length > 0 && (
        <>
          <h3>已停用</h3>
          <FilingPlaces label="已停用的位置" places={off} adjustment={adjustment} columns={columns} />
        </>
      )}
      {opened?.what === 'add' && (
        <OwnPlaceDialog template={template} subject={subject} etag={opened.etag} onClose={close} />
      )}
      {opened?.what === 'change' && opened.place && (
        <ChangeDialog {...{ adjustment, template, place: opened.place, etag: opened.etag, onClose: close }} />
      )}
      {opened?.what === 'use' && opened.place && (
        <FilingUseDialog
          place={opened.place}
          isOff={template.outOfUse.some((it) => it.code === opened.place?.code)}
          etag={opened.etag}
          onClose={close}
        />
      )}
    </Section>
  )
}

interface ActionsProps {
  place: Numbered
  isOff: boolean
  onOpen: (it: { what: 'change' | 'use'; place: Numbered }) => void
}

function Actions({ place, isOff, onOpen }: ActionsProps) {
  return (
    <span className={classes.actions}>
      {!isOff && (
        <Button variant="default" size="compact-sm" onClick={() => onOpen({ what: 'change', place })}>
          修改<span className="for-screen-readers">{place.label}</span>
        </Button>
      )}
      {place.origin !== 'article' && (
        <Button variant="default" size="compact-sm" onClick={() => onOpen({ what: 'use', place })}>
          {isOff ? '恢复使用' : '停用'}
          <span className="for-screen-readers">{place.label}</span>
        </Button>
      )}
    </span>
  )
}

interface ChangeProps {
  adjustment: FilingListView['adjustment']
  template: ReturnType<typeof filingTemplateOf>
  place: Numbered
  etag: string
  onClose: () => void
}

function ChangeDialog({ adjustment, template, place, etag, onClose }: ChangeProps) {
  const own = adjustment.added.find((it) => it.code === place.code)
  const difference = adjustment.changed.find((it) => it.code === place.code)
  return own === undefined ? (
    <ShippedPlaceDialog {...{ template, place, difference, etag, onClose }} />
  ) : (
    <OwnPlaceDialog
      template={template}
      subject={own.subject}
      own={{ ...own, after: difference?.after ?? own.after }}
      etag={etag}
      onClose={onClose}
    />
  )
}
