import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import { clockNames } from '@zhibu/server/modules/handovers/names-schema'
import type { PersonHandovers as Handovers } from '@zhibu/server/modules/handovers/schema'
import { InstantText } from '../../ui/InstantText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { personHandoversQuery } from './api.ts'
import { standingOf } from './HandoverRows.tsx'

/** That and when the file of a person was handed over, and that the time of training went on. Nothing where it never was. */
export function PersonHandovers({ personId }: { personId: string }) {
  const { data } = useQuery({ ...personHandoversQuery(personId), retry: false })
  if (!data || data.items.length === 0) return null
  const isUnderWay = data.items.some((it) => it.outcome === null)
  return (
    <Section
      title="档案移交"
      lead={isUnderWay && '档案正在移交中：现在归入的材料，接收方会看到标为“发出后新增”，随档案一并移交。'}
    >
      <RowList
        label="档案移交记录"
        rows={data.items.map((it) => ({
          key: it.id,
          title: it.can.open ? (
            <Link to="/archive/handovers/$handoverId" params={{ handoverId: it.id }}>
              {it.number}
            </Link>
          ) : (
            it.number
          ),
          mark: <Badge variant="default">{standingOf({ outcome: it.outcome, to: { id: it.to, name: it.to } })}</Badge>,
          facts: [
            `${it.from} 移交 ${it.to}`,
            <span key="sent">
              发出于 <InstantText at={it.sentAt} />
            </span>,
            it.closedAt && (
              <span key="closed">
                办结于 <InstantText at={it.closedAt} />
              </span>
            ),
            it.outcome === 'accepted' && clockText(it),
          ],
        }))}
      />
    </Section>
  )
}

const clockText = ({ clock }: Handovers['items'][number]) =>
  clock && `${clockNames[clock.kind]}连续计算，自${dayWritten(clock.sinceOn)}起（${clock.cited}）`
