import 'dayjs/locale/zh-cn'
import '@mantine/dates/styles.layer.css'
import { DatePicker } from '@mantine/dates'
import { type Day, dayWritten, isDay } from '@zhibu/rules'
import { useToday } from './today.ts'

interface Props {
  value: Day | undefined
  earliest: Day | undefined
  latest: Day | undefined
  onPick: (day: Day) => void
}

/** A calendar to pick a day from; loaded when it is opened. */
export default function DayCalendar({ value, earliest, latest, onPick }: Props) {
  const today = useToday()
  const shown = value ?? today
  return (
    <DatePicker
      locale="zh-cn"
      firstDayOfWeek={1}
      monthLabelFormat="YYYY年M月"
      yearLabelFormat="YYYY年"
      monthsListFormat="M月"
      highlightToday={today !== undefined}
      {...(shown && { defaultDate: shown })}
      {...(earliest && { minDate: earliest })}
      {...(latest && { maxDate: latest })}
      value={value ?? null}
      onChange={(day) => day !== null && isDay(day) && onPick(day)}
      ariaLabels={{
        nextMonth: '下个月',
        previousMonth: '上个月',
        nextYear: '下一年',
        previousYear: '上一年',
        nextDecade: '后十年',
        previousDecade: '前十年',
      }}
      size="md"
      hideOutsideDates
      weekendDays={[]}
      getDayProps={(day) => (isDay(day) ? { 'aria-label': dayWritten(day) } : {})}
    />
  )
}
