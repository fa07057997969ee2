import { Radio, Stack, TextInput } from '@mantine/core'
import type { MediaView } from '@zhibu/server/modules/media/schema'
import { problemIn } from '../../problem.ts'
import { codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { useToday } from '../../ui/today.ts'
import { mayShowPersons, type Said } from './described.ts'
import classes from './Media.module.css'
import { Thumb } from './Thumb.tsx'
import { personsShownNames } from './words.ts'

interface Props {
  items: readonly MediaView[]
  said: Said
  onChange: (said: Said) => void
  error: unknown
  /** Whether it is shown at once, so that those who are in it have to have been asked. */
  isAskedFirst?: boolean
}

/** What is asked of what was brought in: words for those who do not see it, who made it, and whether those who are shown agree. */
export function DescriptionFields({ items, said, onChange, error, isAskedFirst = false }: Props) {
  const today = useToday()
  const change = (part: Partial<Said>) => onChange({ ...said, ...part })
  return (
    <Stack gap="md">
      {items.map((it) => (
        <div key={it.id} className={classes.fresh}>
          <Thumb it={it} />
          <TextInput
            label={it.kind === 'picture' ? '画面说明' : '名称'}
            description={
              it.kind === 'picture' ? '看不见图片的人听到的就是这句话，例如“支部党员在红船旁合影”。' : it.fileName
            }
            value={said.altTexts[it.id] ?? ''}
            onChange={(event) => change({ altTexts: { ...said.altTexts, [it.id]: event.currentTarget.value } })}
            error={problemIn(error, 'altText')}
            maxLength={200}
          />
        </div>
      ))}
      <TextInput
        label="作者或来源（可不填）"
        placeholder="例如 李明 摄、学校新闻网"
        value={said.credit}
        onChange={(event) => change({ credit: event.currentTarget.value })}
        error={problemIn(error, 'credit')}
        maxLength={100}
      />
      {items.some(mayShowPersons) && (
        <Radio.Group
          label="画面或声音里能认出的人，同意公开吗？"
          description={
            isAskedFirst
              ? '放入以后大家马上看得到，所以要先问过。还没有问的，请先上传到素材库，问过以后从“我上传过的”中选。'
              : '现在不清楚也可以先放入，公开之前再问一声。'
          }
          value={said.showsPersons ?? ''}
          onChange={(value) => change({ showsPersons: codeIn(personsShownNames, value) ?? null })}
          error={problemIn(error, 'showsPersons')}
          required
        >
          <Stack gap="xs" mt="xs">
            {Object.entries(personsShownNames).map(([value, label]) => (
              <Radio key={value} value={value} label={label} disabled={isAskedFirst && value === 'unknown'} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {said.showsPersons === 'consented' && (
        <>
          <TextInput
            label="怎样同意的"
            placeholder="例如 活动开始时当面说明，都同意"
            value={said.consentNote}
            onChange={(event) => change({ consentNote: event.currentTarget.value })}
            error={problemIn(error, 'consentNote')}
            maxLength={200}
            required
          />
          <DayInput
            label="哪天同意的"
            value={said.consentOn}
            onChange={(consentOn) => change({ consentOn })}
            error={problemIn(error, 'consentOn')}
            {...(today && { latest: today })}
            required
          />
        </>
      )}
    </Stack>
  )
}
