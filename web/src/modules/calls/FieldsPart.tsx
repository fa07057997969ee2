import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { fieldKindNames } from '@zhibu/server/modules/calls/names-schema'
import type { CallField } from '@zhibu/server/modules/calls/schema'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import classes from './Calls.module.css'
import { newKey, usualMost } from './callDraft.ts'

interface Props {
  fields: readonly CallField[]
  /** Announced: only the names and hints may be changed. */
  isSettled: boolean
  error: string | undefined
  onChange: (fields: CallField[]) => void
}

/** 作品的栏目: of what an entry is made, each with its limit. */
export function FieldsPart({ fields, isSettled, error, onChange }: Props) {
  const add = () =>
    onChange([
      ...fields,
      { key: newKey('f', fields), label: '', kind: 'prose', isRequired: false, most: usualMost.prose, hint: '' },
    ])
  return (
    <Section
      title="作品的栏目"
      lead={isSettled ? '征集已经发布，栏目的类型和限制不再改变。' : '作品除题目以外有哪几栏，各放什么、放多少。'}
      actions={
        !isSettled && (
          <Button variant="default" disabled={fields.length >= 20} onClick={add}>
            添加一栏
          </Button>
        )
      }
    >
      {error !== undefined && <p role="alert">{error}</p>}
      {fields.map((field, place) => (
        <Field
          key={field.key}
          field={field}
          place={place + 1}
          isSettled={isSettled}
          onChange={(part) => onChange(fields.map((it) => (it === field ? { ...it, ...part } : it)))}
          onRemove={fields.length > 1 ? () => onChange(fields.filter((it) => it !== field)) : undefined}
        />
      ))}
    </Section>
  )
}

interface FieldProps {
  field: CallField
  place: number
  isSettled: boolean
  onChange: (part: Partial<CallField>) => void
  onRemove: (() => void) | undefined
}

function Field({ field, place, isSettled, onChange, onRemove }: FieldProps) {
  const list = useListWhenOpened()
  const isText = field.kind === 'line' || field.kind === 'prose'
  return (
    <fieldset className={classes.part}>
      <legend>第 {place} 栏</legend>
      <div className={classes.pair}>
        <TextInput
          label="栏目名称"
          value={field.label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
          maxLength={30}
          required
        />
        <Select
          label="放什么"
          data={choicesOf(fieldKindNames)}
          value={field.kind}
          onChange={(value) => {
            const kind = codeIn(fieldKindNames, value)
            if (kind) onChange({ kind, most: usualMost[kind] })
          }}
          disabled={isSettled}
          allowDeselect={false}
          {...list}
        />
        <NumberInput
          label={isText ? '最多几个字' : '最多几个'}
          value={field.most}
          onChange={(value) => typeof value === 'number' && onChange({ most: value })}
          disabled={isSettled}
          min={1}
          max={field.kind === 'prose' ? 20_000 : field.kind === 'line' ? 200 : 20}
          allowDecimal={false}
          clampBehavior="strict"
        />
      </div>
      <TextInput
        label="填写说明"
        value={field.hint}
        onChange={(event) => onChange({ hint: event.currentTarget.value })}
        maxLength={200}
      />
      <div className={parts.buttons}>
        <Checkbox
          label="必填"
          checked={field.isRequired}
          disabled={isSettled}
          onChange={(event) => onChange({ isRequired: event.currentTarget.checked })}
        />
        {!isSettled && onRemove && (
          <Button variant="default" size="xs" onClick={onRemove}>
            删去第 {place} 栏
          </Button>
        )}
      </div>
    </fieldset>
  )
}
