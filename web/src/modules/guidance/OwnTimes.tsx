import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import type { MentorRow, OwnTime } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { ownTimesQuery, timesClient } from './api.ts'
import classes from './Guidance.module.css'
import { OfferDialog } from './OfferDialog.tsx'
import { PlaceDialog } from './PlaceDialog.tsx'
import { useWrite } from './useWrite.ts'
import { asDay, clashInWords, dayOf, hoursOf } from './words.ts'

/** 我提供的时间: when the reader has time as a mentor, and who has booked it. */
export function OwnTimes({ mentors }: { mentors: readonly MentorRow[] }) {
  const { data, error, refetch } = useQuery(ownTimesQuery)
  const [isOffering, setIsOffering] = useState(false)
  const [placed, setPlaced] = useState<OwnTime>()
  const withdraw = useWrite(({ timeId, isWhole }: { timeId: string; isWhole: boolean }) =>
    parseResponse(timesClient[':timeId'].withdrawal.$post({ param: { timeId }, json: { isWhole } })),
  )
  return (
    <>
      <Section title="我担任指导老师">
        <RowList
          label="我担任指导老师"
          rows={mentors.map((it) => {
            const [from, until] = [asDay(it.fromOn), asDay(it.untilOn)]
            return {
              key: it.id,
              title: it.organization.name,
              facts: [
                it.guidesIn,
                from && `${dayWritten(from)}起${until ? `，到${dayWritten(until)}为止` : ''}`,
                `${it.freeTimes} 个时间还没有人约`,
              ],
            }
          })}
        />
      </Section>
      <Section
        title="我提供的时间"
        lead="一个时间约给一个人。有人约了，您会收到通知。"
        actions={<Button onClick={() => setIsOffering(true)}>提供时间</Button>}
      >
        <div className={parts.form}>
          {!data ? (
            error ? (
              <ErrorState error={error} onRetry={() => void refetch()} />
            ) : (
              <PageLoading />
            )
          ) : data.items.length === 0 ? (
            <EmptyState title="还没有提供时间">点“提供时间”，写明日期、钟点和地点，可以每周重复。</EmptyState>
          ) : (
            [...Map.groupBy(data.items, (it) => it.heldOn)].map(([on, ofDay]) => (
              <section key={on} className={classes.day} aria-label={dayOf(on)}>
                <h3>{dayOf(on)}</h3>
                <RowList
                  label={`${dayOf(on)}提供的时间`}
                  rows={ofDay.map((it) => timeRow(it, { onPlace: setPlaced, onWithdraw: withdraw.mutate }))}
                />
              </section>
            ))
          )}
          <ProblemNote error={withdraw.error} />
        </div>
      </Section>
      {isOffering && <OfferDialog mentors={mentors} onClose={() => setIsOffering(false)} />}
      {placed && <PlaceDialog time={placed} onClose={() => setPlaced(undefined)} />}
    </>
  )
}

interface Deeds {
  onPlace: (time: OwnTime) => void
  onWithdraw: (asked: { timeId: string; isWhole: boolean }) => void
}

function timeRow(it: OwnTime, { onPlace, onWithdraw }: Deeds) {
  const clash = clashInWords(it.clashes)
  return {
    key: it.id,
    title: it.booking ? (
      <Link to="/training/guidance/$bookingId" params={{ bookingId: it.booking.id }} className={parts.link}>
        {hoursOf(it)} {it.booking.guided.name}
      </Link>
    ) : (
      hoursOf(it)
    ),
    facts: [
      it.booking ? '已有人约' : '还没有人约',
      it.place,
      it.link !== '' && '线上',
      clash !== '' && <strong key="clash">{clash}</strong>,
    ],
    actions: (
      <>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`换地点：${dayOf(it.heldOn)}${hoursOf(it)}`}
          onClick={() => onPlace(it)}
        >
          换地点
        </Button>
        {!it.booking && (
          <ConfirmButton
            question="撤回以后，别人不能再约这个时间。"
            confirmLabel="撤回这个时间"
            onConfirm={() => onWithdraw({ timeId: it.id, isWhole: false })}
            isQuiet
          >
            撤回
          </ConfirmButton>
        )}
        {it.hasMore && (
          <ConfirmButton
            question="撤回同一组里这一天和以后还没有人约的时间。已经约的不变。"
            confirmLabel="撤回这一组"
            onConfirm={() => onWithdraw({ timeId: it.id, isWhole: true })}
            isQuiet
          >
            撤回这一组
          </ConfirmButton>
        )}
      </>
    ),
  }
}
