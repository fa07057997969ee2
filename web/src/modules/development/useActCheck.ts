import { useDebouncedValue } from '@mantine/hooks'
import { skipToken, useQuery } from '@tanstack/react-query'
import type { Finding } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { useMemo } from 'react'
import type { SentAct } from './actDraft.ts'
import { checkQuery } from './api.ts'
import { causedFindings } from './causedFindings.ts'

/**
 * What an act would contradict, while it is typed: at once in the browser where it has the whole file, else asked of
 * the server a moment after the last key.
 */
export function useActCheck(file: FileView, act: SentAct | undefined, corrects?: string): readonly Finding[] {
  const here = useMemo(
    () => (file.isWhole && act ? causedFindings(file, { ...act, id: 'typed' }, corrects) : []),
    [file, act, corrects],
  )
  const [settled] = useDebouncedValue(file.isWhole ? undefined : act, 400)
  const asked = settled && checkQuery(file.person.id, { act: settled, ...(corrects && { corrects }) })
  const there = useQuery(asked ?? { queryKey: ['development', 'check', 'nothing'], queryFn: skipToken })
  return file.isWhole ? here : (there.data?.findings ?? [])
}
