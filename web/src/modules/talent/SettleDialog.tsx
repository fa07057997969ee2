import { Radio, TextInput } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import { type AccessDecision, accessDecisionNames, accessKindNames } from '@zhibu/server/modules/talent/names-schema'
import type { SuccessionView } from '@zhibu/server/modules/talent/succession-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { talentClient } from './api.ts'
import classes from './Talent.module.css'
import { useWrite } from './useWrite.ts'

interface Props {
  it: SuccessionView
  etag: string
  onClose: () => void
}

/** Settles what becomes of every access, all at once: nothing is chosen beforehand where there is a choice. */
export function SettleDialog({ it, etag, onClose }: Props) {
  const [firstOn, setFirstOn] = useState<Day>()
  const [documentNumber, setDocumentNumber] = useState('')
  const [chosen, setChosen] = useState<ReadonlyMap<string, AccessDecision>>(
    new Map(
      it.accesses.flatMap(({ key, allowed: [only, ...more] }) => (only && more.length === 0 ? [[key, only]] : [])),
    ),
  )
  const settle = useWrite(
    (first: Day) =>
      parseResponse(
        talentClient.successions[':successionId'].settlement.$post(
          {
            param: { successionId: it.id },
            json: {
              ...{ firstOn: first, documentNumber },
              decisions: [...chosen].map(([key, decision]) => ({ key, decision })),
            },
          },
          ifMatch(etag),
        ),
      ),
    onClose,
  )
  const dayLabel = it.incoming === null ? '从哪一天起不再任职' : '接手日期'
  const { name } = it.outgoing
  return (
    <FormDialog
      title="办理移交"
      lead={
        it.incoming === null
          ? `${name}的任职到前一天为止。还没有接手人，定下来以后再办理任职。`
          : it.settledOn === null
            ? `${it.incoming.name}从接手日期起任职，${name}的任职到前一天为止。下面各项同一天办理，一项不成，全部不办。`
            : `${it.incoming.name}从接手日期起任职。`
      }
      submitLabel="办理移交"
      needs={{
        [dayLabel]: firstOn !== undefined,
        // Two may have the same title, such as delegations for the same purpose: the one that is not decided stands.
        ...Object.fromEntries(
          [...it.accesses]
            .sort((a, b) => Number(chosen.has(b.key)) - Number(chosen.has(a.key)))
            .map((one) => [one.title, chosen.has(one.key)]),
        ),
      }}
      isBusy={settle.isPending}
      error={settle.error}
      onSubmit={() => firstOn && settle.mutate(firstOn)}
      onClose={onClose}
    >
      <DayInput
        label={dayLabel}
        value={firstOn}
        onChange={setFirstOn}
        error={problemIn(settle.error, 'firstOn')}
        required
        isFirst
      />
      {it.incoming !== null && (
        <TextInput
          label="任职文号（可不填）"
          value={documentNumber}
          onChange={(event) => setDocumentNumber(event.currentTarget.value)}
          error={problemIn(settle.error, 'documentNumber')}
          maxLength={60}
        />
      )}
      {it.accesses.map(({ key, title, kind, facts, allowed }) => (
        <Radio.Group
          key={key}
          label={title}
          description={[accessKindNames[kind], ...facts].join('，')}
          value={chosen.get(key) ?? ''}
          onChange={(value) => {
            const decision = codeIn(accessDecisionNames, value)
            if (decision) setChosen(new Map([...chosen, [key, decision]]))
          }}
          withAsterisk
        >
          <div className={`${parts.buttons} ${classes.choices}`}>
            {allowed.map((one) => (
              <Radio key={one} value={one} label={accessDecisionNames[one]} />
            ))}
          </div>
        </Radio.Group>
      ))}
      {problemIn(settle.error, 'decisions') !== undefined && (
        <p className={classes.problem}>{problemIn(settle.error, 'decisions')}</p>
      )}
    </FormDialog>
  )
}
