import { Alert, Button, CopyButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { isDay } from '@zhibu/rules'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { calendarsQuery, makeCalendar, revokeCalendar } from './api.ts'
import classes from './Notices.module.css'

/** Addresses under which a calendar app reads the days of the reader, or of an organisation. */
export function CalendarAddresses() {
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(calendarsQuery)
  const mayChoose = useSession()?.can.includes('notice-sending') ?? false
  const [organizationId, setOrganizationId] = useState<string>()
  const reread = () => queries.invalidateQueries({ queryKey: calendarsQuery.queryKey })
  const make = useMutation({
    mutationFn: () => makeCalendar({ organizationId: organizationId ?? null }),
    onSettled: reread,
  })
  const revoke = useMutation({ mutationFn: revokeCalendar, onSettled: reread })
  return (
    <Section
      title="日历订阅"
      lead="在手机或电脑的日历里订阅地址，期限和活动会自己出现，每一条写明依据。知道地址的人就能看到，请不要转给别人；不用了随时停用。"
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading lines={2} />
      ) : data.items.length === 0 ? (
        <p className={parts.note}>还没有订阅地址。</p>
      ) : (
        <RowList
          label="日历订阅地址"
          rows={data.items.map((it) => ({
            key: it.id,
            title: it.organization?.name ?? '我的日历',
            facts: [
              <span key="made">
                <InstantText at={it.createdAt} /> 生成
              </span>,
              it.lastReadOn && isDay(it.lastReadOn) ? (
                <span key="read">
                  最近读取 <DayText on={it.lastReadOn} relative="day" />
                </span>
              ) : (
                '还没有被读取'
              ),
            ],
            actions: (
              <ConfirmButton
                question="停用以后，订阅了这个地址的日历不再更新。"
                confirmLabel="停用地址"
                onConfirm={() => revoke.mutate(it.id)}
                isBusy={revoke.isPending && revoke.variables === it.id}
              >
                停用
              </ConfirmButton>
            ),
          }))}
        />
      )}
      {make.data && <MadeAddress url={make.data.url} />}
      <ProblemNote error={make.error ?? revoke.error} />
      <div className={classes.form}>
        {mayChoose && (
          <OrganizationPicker
            label="组织（不选则为我的日历）"
            value={organizationId}
            onChange={setOrganizationId}
            among={(it) => it.can.readFiles && it.dissolvedOn === null}
          />
        )}
        <div>
          <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
            生成订阅地址
          </Button>
        </div>
      </div>
    </Section>
  )
}

function MadeAddress({ url }: { url: string }) {
  const address = new URL(url, window.location.origin).href
  return (
    <Alert color="blue" title="订阅地址只显示这一次" role="status">
      <div className={classes.form}>
        <span>{address}</span>
        <div>
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? '已复制' : '复制地址'}
              </Button>
            )}
          </CopyButton>
        </div>
      </div>
    </Alert>
  )
}
