import { Button, SegmentedControl, Select } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { FreeTime, MentorRow, Offers } from '@zhibu/server/modules/guidance/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { BookDialog } from './BookDialog.tsx'
import { FreeCalendar } from './FreeCalendar.tsx'
import classes from './Guidance.module.css'
import { clashInWords, dayOf, hoursOf } from './words.ts'

const route = getRouteApi('/signed-in/training/guidance')

/** 可预约的时间: who guides in what, and when they have time, day by day or in a calendar. */
export function FreeTimes({ offers }: { offers: Offers }) {
  const { mentors, times, isCut } = offers
  const { mentor: wanted, view } = route.useSearch()
  const navigate = useNavigate()
  const list = useListWhenOpened()
  const [booked, setBooked] = useState<FreeTime>()
  const chosen = mentors.find((it) => it.id === wanted)
  const shown = chosen ? times.filter((it) => it.mentorId === chosen.id) : times
  const go = (search: { mentor?: string | undefined; view?: 'calendar' | undefined }) =>
    void navigate({ to: '/training/guidance', search: { mentor: chosen?.id, view, ...search }, replace: true })
  const byId = new Map(mentors.map((it) => [it.id, it]))
  const rows = { times: shown, mentors: byId, onBook: setBooked }

  if (mentors.length === 0)
    return (
      <EmptyState title="还没有指导老师">
        党支部、院系党组织或党校聘请以后，列在这里。想找人谈谈的，可以先联系支部书记或组织员。
      </EmptyState>
    )
  return (
    <>
      <Section title="指导老师">
        <RowList label="指导老师" rows={mentors.map((it) => mentorRow(it, () => go({ mentor: it.id })))} />
      </Section>
      <Section title="可预约的时间" lead="一个时间只约一个人。和您别的安排重叠的会注明，仍然可以约。">
        <div className={parts.form}>
          <div className={`${classes.filters} no-print`}>
            {mentors.length > 1 && (
              <Select
                aria-label="哪位指导老师"
                placeholder="全部指导老师"
                data={mentors.map((it) => ({ value: it.id, label: `${it.person.name}（${it.organization.name}）` }))}
                value={chosen?.id ?? null}
                onChange={(mentor) => go({ mentor: mentor ?? undefined })}
                clearable
                clearButtonProps={{ 'aria-label': '清除选择的指导老师' }}
                {...list}
              />
            )}
            <SegmentedControl
              className={classes.switch}
              aria-label="怎样显示"
              data={[
                { value: 'list', label: '按日期列出' },
                { value: 'calendar', label: '日历' },
              ]}
              value={view ?? 'list'}
              onChange={(value) => go({ view: value === 'calendar' ? 'calendar' : undefined })}
            />
          </div>
          {shown.length === 0 ? (
            <EmptyState title="现在没有可以预约的时间">
              {chosen ? '可以看看别的指导老师，或者过几天再来。' : '指导老师提供时间以后，列在这里。'}
            </EmptyState>
          ) : view === 'calendar' ? (
            <FreeCalendar times={shown}>{(ofDay) => <TimesOfDays {...rows} times={ofDay} />}</FreeCalendar>
          ) : (
            <TimesOfDays {...rows} />
          )}
          {isCut && <p className={parts.note}>时间较多，只列出最早的 300 个。</p>}
        </div>
      </Section>
      {booked && <BookDialog time={booked} mentor={byId.get(booked.mentorId)} onClose={() => setBooked(undefined)} />}
    </>
  )
}

const mentorRow = (it: MentorRow, onSee: () => void) => ({
  key: it.id,
  title: it.person.name,
  facts: [it.organization.name, it.guidesIn, it.freeTimes > 0 ? `${it.freeTimes} 个时间可以约` : '暂时没有时间'],
  actions: it.freeTimes > 0 && (
    <Button variant="default" size="compact-sm" onClick={onSee} aria-label={`看时间：${it.person.name}`}>
      看时间
    </Button>
  ),
})

interface TimesProps {
  times: readonly FreeTime[]
  mentors: ReadonlyMap<string, MentorRow>
  onBook: (time: FreeTime) => void
}

function TimesOfDays({ times, mentors, onBook }: TimesProps) {
  return (
    <>
      {[...Map.groupBy(times, (it) => it.heldOn)].map(([on, ofDay]) => (
        <section key={on} className={classes.day} aria-label={dayOf(on)}>
          <h3>{dayOf(on)}</h3>
          <RowList
            label={`${dayOf(on)}可预约的时间`}
            rows={ofDay.map((it) => {
              const name = mentors.get(it.mentorId)?.person.name ?? ''
              const clash = clashInWords(it.clashes)
              return {
                key: it.id,
                title: `${hoursOf(it)} ${name}`,
                facts: [it.place, it.isOnline && '可以线上谈', clash !== '' && <strong key="clash">{clash}</strong>],
                actions: (
                  <Button
                    variant="default"
                    onClick={() => onBook(it)}
                    aria-label={`预约：${dayOf(on)}${hoursOf(it)} ${name}`}
                  >
                    预约
                  </Button>
                ),
              }
            })}
          />
        </section>
      ))}
    </>
  )
}
