import { Button, Checkbox, MultiSelect, NumberInput, Radio, Select } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import type { Supply } from '@zhibu/server/modules/exams/bank-schema'
import { mostBanks, mostDraws, paperWayNames } from '@zhibu/server/modules/exams/names-schema'
import { type QuestionKind, questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { bankListQuery, bankQuery } from './api.ts'
import classes from './Exams.module.css'
import { type DrawLine, type ExamDraft, totalIn, withDraw } from './examDraft.ts'
import { FixedQuestions } from './FixedQuestions.tsx'
import { topicName, topicsOf } from './topics.ts'

interface Props {
  draft: ExamDraft
  /** What is asked is the same for all, and stays. */
  isFixed: boolean
  said: (path: string) => string | undefined
  onChange: (part: Partial<ExamDraft>) => void
}

/** How papers are made: out of which banks, so many of what, and what each is worth. */
export function PaperFields({ draft, isFixed, said, onChange }: Props) {
  const { data } = useQuery(bankListQuery)
  const banks = data?.items ?? []
  const chosen = banks.filter((it) => draft.bankIds.includes(it.id))
  const opened = useQueries({ queries: draft.way === 'fixed' ? draft.bankIds.map((id) => bankQuery(id)) : [] })
  const questions = opened.flatMap((it) => it.data?.value.questions ?? [])
  const kinds = draft.questionIds.flatMap((id) => questions.find((it) => it.lineId === id)?.question.kind ?? [])
  const size = totalIn(draft, kinds)
  const list = useListWhenOpened()
  return (
    <Section title="试卷" lead="可以先存下来，发布以前要能出一份完整的试卷。">
      <div className={parts.form}>
        <MultiSelect
          label="从哪些题库出题"
          data={banks.map((it) => ({
            value: it.id,
            label: `${it.title}（${it.organization.name}，${it.questionCount} 题）`,
          }))}
          value={[...draft.bankIds]}
          onChange={(bankIds) => onChange({ bankIds })}
          error={said('paper.bankIds') ?? said('paper')}
          maxValues={mostBanks}
          disabled={isFixed}
          searchable
          {...list}
        />
        <Radio.Group
          label="怎样出题"
          value={draft.way}
          onChange={(value) => onChange({ way: codeIn(paperWayNames, value) ?? 'drawn' })}
        >
          <Radio
            mt="xs"
            value="drawn"
            label="随机抽题"
            description="每份试卷按下面的题数从题库里抽。"
            disabled={isFixed}
          />
          <Radio mt="xs" value="fixed" label="固定题目" description="逐题选好，大家考一样的题。" disabled={isFixed} />
        </Radio.Group>
        {draft.way === 'drawn' ? (
          <Draws draft={draft} supply={chosen.flatMap((it) => it.supply)} isFixed={isFixed} onChange={onChange} />
        ) : (
          <FixedQuestions
            questions={questions}
            chosen={draft.questionIds}
            isFixed={isFixed}
            onChange={(questionIds) => onChange({ questionIds })}
          />
        )}
        <Worth draft={draft} isFixed={isFixed} said={said} onChange={onChange} />
        <p className={classes.tally} role="status">
          共 {size.questions} 题，满分 {size.total} 分
        </p>
        <NumberInput
          label="及格线"
          description="达到这个分数就是及格。"
          value={draft.passAt ?? ''}
          onChange={(value) => onChange({ passAt: typeof value === 'number' ? value : undefined })}
          error={said('passAt')}
          min={1}
          max={20_000}
          allowDecimal={false}
          disabled={isFixed}
          required
        />
        <Checkbox
          label="题目和选项的顺序每人不同"
          checked={draft.isShuffled}
          onChange={(event) => onChange({ isShuffled: event.currentTarget.checked })}
          disabled={isFixed}
        />
      </div>
    </Section>
  )
}

function Worth({ draft, isFixed, said, onChange }: Props) {
  return (
    <fieldset className={classes.lines}>
      <legend>每题分值</legend>
      <p className={parts.note}>多选题要选出全部正确选项才得分，多选、少选都不得分。</p>
      <div className={classes.pair}>
        {choicesOf(questionKindNames).map(({ value: kind, label }) => (
          <NumberInput
            key={kind}
            label={`${label}（分）`}
            value={draft.worth[kind] ?? ''}
            onChange={(value) =>
              onChange({ worth: { ...draft.worth, [kind]: typeof value === 'number' ? value : undefined } })
            }
            error={said(`paper.worth.${kind}`)}
            min={1}
            max={100}
            allowDecimal={false}
            disabled={isFixed}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface DrawsProps {
  draft: ExamDraft
  supply: readonly Supply[]
  isFixed: boolean
  onChange: (part: Partial<ExamDraft>) => void
}

function Draws({ draft: { draws }, supply, isFixed, onChange }: DrawsProps) {
  const change = (key: number, part: Partial<DrawLine>) =>
    onChange({ draws: draws.map((it) => (it.key === key ? { ...it, ...part } : it)) })
  return (
    <fieldset className={classes.lines}>
      <legend>抽哪些题</legend>
      {draws.map((line, at) => (
        <Line
          key={line.key}
          line={line}
          number={at + 1}
          supply={supply}
          isFixed={isFixed}
          onChange={(part) => change(line.key, part)}
          onRemove={() => onChange({ draws: draws.filter((it) => it.key !== line.key) })}
        />
      ))}
      {draws.length < mostDraws && !isFixed && (
        <div>
          <Button variant="default" onClick={() => onChange({ draws: withDraw(draws) })}>
            加一行
          </Button>
        </div>
      )}
    </fieldset>
  )
}

interface LineProps {
  line: DrawLine
  number: number
  supply: readonly Supply[]
  isFixed: boolean
  onChange: (part: Partial<DrawLine>) => void
  onRemove: () => void
}

function Line({ line, number, supply, isFixed, onChange, onRemove }: LineProps) {
  const { topic, kind, count } = line
  const has = thereIs(supply, topic, kind)
  const topics = [...new Set([...topicsOf(supply), ...(topic === null ? [] : [topic])])]
  const [topicList, kindList] = [useListWhenOpened(), useListWhenOpened()]
  return (
    <div className={classes.draw}>
      <Select
        aria-label={`第 ${number} 行的章节`}
        data={[
          { value: 'all', label: '不限章节' },
          ...topics.map((name) => ({ value: `t${name}`, label: topicName(name) })),
        ]}
        value={topic === null ? 'all' : `t${topic}`}
        onChange={(value) => onChange({ topic: value === null || value === 'all' ? null : value.slice(1) })}
        allowDeselect={false}
        disabled={isFixed}
        {...topicList}
      />
      <Select
        aria-label={`第 ${number} 行的题型`}
        data={choicesOf(questionKindNames)}
        value={kind}
        onChange={(value) => onChange({ kind: codeIn(questionKindNames, value) ?? 'single' })}
        allowDeselect={false}
        disabled={isFixed}
        {...kindList}
      />
      <NumberInput
        aria-label={`第 ${number} 行抽几题`}
        placeholder={`题库里有 ${has} 题`}
        value={count ?? ''}
        onChange={(value) => onChange({ count: typeof value === 'number' ? value : undefined })}
        error={count !== undefined && count > has && `题库里只有 ${has} 题`}
        min={1}
        max={200}
        allowDecimal={false}
        disabled={isFixed}
      />
      {!isFixed && (
        <Button variant="subtle" aria-label={`删去第 ${number} 行`} onClick={onRemove}>
          删去
        </Button>
      )}
    </div>
  )
}

const thereIs = (supply: readonly Supply[], topic: string | null, kind: QuestionKind): number =>
  supply
    .filter((it) => it.kind === kind && (topic === null || it.topic === topic))
    .reduce((sum, it) => sum + it.count, 0)
