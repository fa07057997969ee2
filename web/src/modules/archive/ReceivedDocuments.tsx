import { Badge, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { natureNames } from '@zhibu/server/modules/archive/names-schema'
import type { ReceptionCheck } from '@zhibu/server/modules/archive/reception-schema'
import { DayText } from '../../ui/DayText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { sizeText } from './sizeText.ts'
import { fits, presentIn, type Wishes } from './wishes.ts'

interface Props {
  found: ReceptionCheck
  /** Into whose file they go; absent as long as none was chosen. */
  receiver: ReceptionCheck['candidates'][number] | undefined
  wishes: Wishes
  onChange: (wishes: Wishes) => void
}

/** The documents of a package, each with the place to which it goes, or why it is left out. */
export function ReceivedDocuments({ found, receiver, wishes, onChange }: Props) {
  return (
    <Section title="材料" lead="本校归档清单中没有的类别，请选一类。档案中已有相同内容的不会重复归档。">
      <RowList
        label="包中的材料"
        rows={found.items.map((it) => {
          const wish = wishes[it.number]
          const isLeftOut = wish !== undefined && 'leftOut' in wish
          const present = presentIn(receiver, it)
          const choose = (next: Wishes[number] | undefined) => {
            const { [it.number]: _, ...others } = wishes
            onChange(next === undefined ? others : { ...others, [it.number]: next })
          }
          return {
            key: String(it.number),
            title: `${it.number}. ${it.title}`,
            mark: markOf(it.refused !== null, present !== undefined),
            facts: [
              `移交方类别：${it.place}`,
              it.on && <DayText key="on" on={it.on} />,
              natureNames[it.nature],
              pagesText(it),
              sizeText(it.sizeBytes),
              '已核验',
              it.refused && `不能归档：${it.refused}`,
              present && `“${present.placeLabel}”中已有《${present.title}》`,
            ],
            actions: (
              <Stack gap="xs">
                {!isLeftOut && it.refused === null && (
                  <Select
                    aria-label={`第 ${it.number} 件归入哪一类`}
                    placeholder="请选择类别"
                    data={found.places
                      .filter((place) => fits(it, place))
                      .map(({ code, label }) => ({ value: code, label }))}
                    value={(wish && 'place' in wish ? wish.place : it.placeHere) ?? null}
                    onChange={(place) => choose(place === null ? undefined : { place })}
                    allowDeselect={false}
                    searchable
                  />
                )}
                <Checkbox
                  label="不接收这一件"
                  aria-label={`不接收第 ${it.number} 件`}
                  checked={isLeftOut}
                  onChange={(event) => choose(event.currentTarget.checked ? { leftOut: it.refused ?? '' } : undefined)}
                />
                {isLeftOut && (
                  <TextInput
                    aria-label={`为什么不接收第 ${it.number} 件`}
                    placeholder="不接收的原因"
                    value={wish.leftOut}
                    maxLength={500}
                    onChange={(event) => choose({ leftOut: event.currentTarget.value })}
                    required
                  />
                )}
              </Stack>
            ),
          }
        })}
      />
    </Section>
  )
}

function markOf(isRefused: boolean, isPresent: boolean) {
  if (isRefused) return <Badge color="red">不能归档</Badge>
  return isPresent ? <Badge variant="default">已有</Badge> : undefined
}

function pagesText({ pages, pagesHere }: ReceptionCheck['items'][number]): string | null {
  if (pages !== null && pagesHere !== null && pages !== pagesHere) return `包中登记 ${pages} 页，实际 ${pagesHere} 页`
  const count = pagesHere ?? pages
  return count === null ? null : `${count} 页`
}
