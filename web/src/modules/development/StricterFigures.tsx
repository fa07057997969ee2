import { NumberInput } from '@mantine/core'
import { type FigureName, figureNames, figureTable, inForce, type LocalPractice, recruitmentRules } from '@zhibu/rules'
import { useToday } from '../../ui/today.ts'
import classes from './PracticeTab.module.css'

interface Props {
  stricter: LocalPractice['stricter']
  isReadOnly: boolean
  onChange: (stricter: LocalPractice['stricter']) => void
}

/** Every figure that a university may make stricter, with the national one beside it. */
export function StricterFigures({ stricter, isReadOnly, onChange }: Props) {
  const today = useToday()
  const put = (name: FigureName, value: number | undefined) => {
    const { [name]: _, ...others } = stricter
    onChange(value === undefined ? others : { ...others, [name]: value })
  }
  return (
    <div>
      {figureNames
        .filter((it) => figureTable[it].stricter !== 'fixed')
        .map((name) => {
          const { label, article, stricter: way } = figureTable[name]
          const national = today && figuresOf(article, today)[name]
          return (
            <div key={name} className={classes.figure}>
              <span className={classes.label}>
                {label} <span className={classes.meta}>《细则》第{article}条</span>
              </span>
              <span className={classes.national}>全国 {shown(name, national)}</span>
              {isReadOnly ? (
                <span>本校 {stricter[name] ?? '同'}</span>
              ) : (
                <NumberInput
                  aria-label={`本校：${label}`}
                  placeholder={way === 'higher' ? '可提高' : '可缩短、减少'}
                  value={stricter[name] ?? ''}
                  onChange={(value) => put(name, typeof value === 'number' ? value : undefined)}
                  allowDecimal={name.endsWith('Share')}
                  min={0}
                  max={3660}
                  hideControls
                />
              )}
            </div>
          )
        })}
    </div>
  )
}

const figuresOf = (
  article: (typeof figureTable)[FigureName]['article'],
  on: NonNullable<ReturnType<typeof useToday>>,
): Readonly<Record<string, number | undefined>> => inForce(recruitmentRules, article, on).figures ?? {}

const shown = (name: FigureName, value: number | undefined): string => {
  if (value === undefined) return '—'
  return name.endsWith('Share') ? `超过 ${value}` : String(value)
}
