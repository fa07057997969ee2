import { useMutation } from '@tanstack/react-query'
import type { ListReading } from '@zhibu/server/modules/experts/list-schema'
import { largestListMb, mostInList } from '@zhibu/server/modules/experts/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { expertsClient, readListFile, templateAt } from './api.ts'
import classes from './Experts.module.css'
import { useWrite } from './useWrite.ts'
import { dayOf, whoIs } from './words.ts'

interface Props {
  organizations: readonly { id: string; name: string }[]
  onClose: () => void
}

/** Takes experts from a list: first it is shown what was read, what has to be mended and who is known already, then they are entered. */
export function ListDialog({ organizations, onClose }: Props) {
  const [organizationId, setOrganizationId] = useState(organizations[0]?.id ?? '')
  const reading = useMutation({ mutationFn: (file: File) => readListFile(organizationId, file) })
  const fresh = (reading.data?.experts ?? []).filter((it) => !it.isKnown)
  const enter = useWrite(
    () =>
      parseResponse(
        expertsClient.lists.$post({ json: { organizationId, experts: fresh.map(({ expert }) => expert) } }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="从名单登记专家"
      lead="选好名单，先看读出了什么，再登记。已经登记过的不变。没有写明本人同意的，登记以后只有您的单位看得到。"
      submitLabel={fresh.length > 0 ? `登记 ${fresh.length} 位专家` : '登记专家'}
      isReady={fresh.length > 0 && !reading.isPending}
      isBusy={enter.isPending}
      error={enter.error}
      onSubmit={() => enter.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="由哪个组织登记"
        organizations={organizations}
        value={organizationId}
        onChange={(id) => {
          setOrganizationId(id)
          reading.reset()
        }}
      />
      <FileDrop
        label={reading.variables ? reading.variables.name : '把名单拖到这里，或点击选择'}
        hint={`Excel 表格（.xlsx、.xls）或 .csv，要有“姓名”和“单位”两列，一次不超过 ${mostInList} 位。不超过 ${largestListMb} MB。`}
        endings={['.xlsx', '.xls', '.csv']}
        largestMb={largestListMb}
        disabled={reading.isPending || enter.isPending}
        onFiles={([file]) => {
          enter.reset()
          if (file) reading.mutate(file)
        }}
      />
      <div>
        <DownloadLink href={templateAt}>下载模板</DownloadLink>
      </div>
      <ProblemNote error={reading.error} isKept />
      {reading.isPending && <p role="status">正在读取名单…</p>}
      {reading.data && <WhatWasRead it={reading.data} />}
    </FormDialog>
  )
}

function WhatWasRead({ it: { experts, problems, leftOut } }: { it: ListReading }) {
  const known = experts.filter((it) => it.isKnown).length
  const says = [
    `读出 ${experts.length} 位`,
    ...(known > 0 ? [`其中 ${known} 位已经登记过，不再登记`] : []),
    ...(problems.length > 0 ? [`${problems.length} 处要改`] : []),
  ]
  return (
    <div className={parts.form}>
      <p role="status">{says.join('，')}。</p>
      {problems.length > 0 && (
        <ul className={classes.taken} aria-label="要改的地方">
          {problems.map(({ at, message }) => (
            <li key={`${at} ${message}`}>
              <b>{at}</b>：{message}
            </li>
          ))}
        </ul>
      )}
      {leftOut.length > 0 && <p className={parts.note}>没有读取的列：{leftOut.join('、')}</p>}
      {experts.length > 0 && (
        <RowList
          label="读出的专家"
          rows={experts.map(({ at, expert, isKnown }) => ({
            key: at,
            title: expert.name,
            mark: isKnown && '已经登记过',
            facts: [
              whoIs(expert),
              expert.topics.join('、'),
              expert.consent ? `${dayOf(expert.consent.on)}同意公开` : '只有登记单位能看',
            ],
          }))}
        />
      )}
    </div>
  )
}
