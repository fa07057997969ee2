import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { officeLabels } from '@zhibu/server/modules/accounts/names-schema'
import { cardNames, everyNames } from '@zhibu/server/modules/reports/names-schema'
import type { ScheduleFields, Schedules, ScheduleView } from '@zhibu/server/modules/reports/schedule-schema'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useScheduleWrite, writeSchedule } from './scheduleApi.ts'

interface Props {
  of: Schedules
  /** The one that is changed; absent for a new one. */
  it?: ScheduleView
  onClose: () => void
}

/** One that is begun: the whole table, on the fifth of each month. */
const begun: ScheduleFields = {
  title: '',
  cards: ['stages', 'dues', 'terms'],
  every: 'month',
  dayOfMonth: 5,
  recipients: [],
}

/** Sets up or changes what goes upward: which tables, how often, on which day, to which offices. */
export function ScheduleDialog({ of, it, onClose }: Props) {
  const [fields, setFields] = useState<ScheduleFields>(it ?? begun)
  const change = (part: Partial<ScheduleFields>) => setFields({ ...fields, ...part })
  const { title, cards, every, dayOfMonth, recipients } = fields
  const save = useScheduleWrite(
    () => writeSchedule(of.organization.id, it, { title: title.trim(), cards, every, dayOfMonth, recipients }),
    onClose,
  )
  const chosen = recipients.map((one) => `${one.organizationId} ${one.office}`)
  return (
    <FormDialog
      title={it ? '修改定期报送' : '设置定期报送'}
      lead="到了日子，系统按当天的数字做好统计表，以本组织的名义发通知给收件人。保存的人是负责人：离任以后不再发出，会告诉本人和现任的同志。按年计的表，1 月报送的是上一年的。"
      submitLabel={it ? '保存修改' : '开始报送'}
      needs={{ 名称: title.trim().length >= 2, 统计表: cards.length > 0, 收件人: recipients.length > 0 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="名称"
        description="如：支部月报。"
        value={title}
        onChange={(event) => change({ title: event.currentTarget.value })}
        error={problemIn(save.error, 'title')}
        maxLength={40}
        required
        data-autofocus
      />
      <Checkbox.Group
        label="统计表"
        value={cards}
        onChange={(keys) => change({ cards: keys.flatMap((key) => codeIn(cardNames, key) ?? []) })}
        error={problemIn(save.error, 'cards')}
      >
        {choicesOf(cardNames).map(({ value, label }) => (
          <Checkbox key={value} value={value} label={label} my={6} />
        ))}
      </Checkbox.Group>
      <Select
        label="多久一次"
        data={choicesOf(everyNames)}
        value={every}
        allowDeselect={false}
        onChange={(value) => change({ every: codeIn(everyNames, value) ?? every })}
      />
      <NumberInput
        label="哪一天"
        description="几号。没有这一天的月份，在最后一天。"
        value={dayOfMonth}
        onChange={(value) => change({ dayOfMonth: Number(value) })}
        error={problemIn(save.error, 'dayOfMonth')}
        min={1}
        max={31}
        allowDecimal={false}
      />
      <Checkbox.Group
        label="收件人"
        description="当天担任这些职务的同志。只能是本级和上级组织里可以查看这里档案的职务。"
        value={chosen}
        onChange={(keys) =>
          change({
            recipients: of.choices.flatMap(({ id, offices }) =>
              offices
                .filter((office) => keys.includes(`${id} ${office}`))
                .map((office) => ({ organizationId: id, office })),
            ),
          })
        }
        error={problemIn(save.error, 'recipients')}
      >
        {of.choices.flatMap(({ id, name, offices }) =>
          offices.map((office) => (
            <Checkbox
              key={`${id} ${office}`}
              value={`${id} ${office}`}
              label={`${name} ${officeLabels[office]}`}
              my={6}
            />
          )),
        )}
      </Checkbox.Group>
    </FormDialog>
  )
}
