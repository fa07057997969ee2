import { Alert, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { BookingView, Clash } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { bookingClient, offersQuery, ownTimesQuery } from './api.ts'
import { useWrite } from './useWrite.ts'
import { clashInWords, type Held, heldInWords } from './words.ts'

interface Props {
  it: BookingView
  etag: string
  onClose: () => void
}

interface Choice extends Held {
  id: string
  place: string
  clashes: readonly Clash[]
}

/** Moves a booking to another free time of the same mentor. */
export function MoveDialog({ it, etag, onClose }: Props) {
  const [timeId, setTimeId] = useState<string>()
  const { choices, error, retry } = useChoices(it)
  const move = useWrite(async () => {
    if (timeId === undefined) throw new Error('the button is grey until then')
    return parseResponse(bookingClient.time.$put({ param: { bookingId: it.id }, json: { timeId } }, ifMatch(etag)))
  }, onClose)
  const clash = clashInWords(choices?.find((one) => one.id === timeId)?.clashes ?? [])
  return (
    <FormDialog
      title="改期"
      lead={`现在约的是${heldInWords(it)}。改期以后两个人都会收到通知。`}
      submitLabel="改期"
      needs={{ 新的时间: timeId !== undefined }}
      isBusy={move.isPending}
      error={move.error}
      onSubmit={() => move.mutate()}
      onClose={onClose}
    >
      {!choices ? (
        error ? (
          <ErrorState error={error} onRetry={retry} />
        ) : (
          <PageLoading lines={3} />
        )
      ) : choices.length === 0 ? (
        <p className={parts.note}>
          {it.side === 'mentor'
            ? '您没有别的空时间。请先在“我提供的时间”里提供。'
            : `${it.mentor.name}没有别的空时间。可以取消以后另约，或者过几天再来。`}
        </p>
      ) : (
        <Radio.Group label="新的时间" value={timeId ?? ''} onChange={setTimeId} required>
          <Stack gap="xs" mt="xs">
            {choices.map((one) => (
              <Radio
                key={one.id}
                value={one.id}
                label={`${heldInWords(one)}${one.place === '' ? '，线上' : `，${one.place}`}`}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {clash !== '' && <Alert color="yellow">这个时间{clash}，请自己安排好。</Alert>}
    </FormDialog>
  )
}

/** The free times of the mentor, as each side sees them. */
function useChoices(it: BookingView): { choices: readonly Choice[] | undefined; error: unknown; retry: () => void } {
  const isMentor = it.side === 'mentor'
  const own = useQuery({ ...ownTimesQuery, enabled: isMentor })
  const offered = useQuery({ ...offersQuery, enabled: !isMentor })
  if (isMentor)
    return {
      choices: own.data?.items.filter((one) => one.mentorId === it.mentorId && one.booking === null),
      ...{ error: own.error, retry: () => void own.refetch() },
    }
  return {
    choices: offered.data?.times.filter((one) => one.mentorId === it.mentorId),
    ...{ error: offered.error, retry: () => void offered.refetch() },
  }
}
