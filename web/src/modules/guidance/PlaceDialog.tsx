import { TextInput } from '@mantine/core'
import type { OwnTime, TimePlace } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { timesClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { heldInWords } from './words.ts'

/** Says where a time is held; whoever has booked it is told. */
export function PlaceDialog({ time, onClose }: { time: OwnTime; onClose: () => void }) {
  const [where, setWhere] = useState<TimePlace>({ place: time.place, link: time.link })
  const save = useWrite(
    () =>
      parseResponse(
        timesClient[':timeId'].place.$put({ param: { timeId: time.id }, json: where }, ifMatch(`"${time.revision}"`)),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="换地点"
      lead={`${heldInWords(time)}。${time.booking ? '约了这个时间的人会收到通知。' : ''}`}
      submitLabel="保存修改"
      needs={{ 地点或网址: where.place.trim() !== '' || where.link.trim() !== '' }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <PlaceFields where={where} error={save.error} onChange={setWhere} />
    </FormDialog>
  )
}

interface FieldsProps {
  where: TimePlace
  error: unknown
  onChange: (where: TimePlace) => void
}

/** Where people meet: a place, an address of a meeting, or both. */
export function PlaceFields({ where, error, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label="地点"
        description="线上谈的可以不填"
        value={where.place}
        onChange={(event) => onChange({ ...where, place: event.currentTarget.value })}
        error={problemIn(error, 'place')}
        maxLength={100}
      />
      <TextInput
        label="线上会议的网址（可不填）"
        description="从会议软件里复制，只有约了的人看得到"
        value={where.link}
        onChange={(event) => onChange({ ...where, link: event.currentTarget.value })}
        error={problemIn(error, 'link')}
        maxLength={500}
        inputMode="url"
      />
    </>
  )
}
