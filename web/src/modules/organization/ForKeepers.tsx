import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { treeQuery } from './api.ts'

interface Props {
  /** What it is about, as an official calls it: “档案移交”. */
  what: string
  children: ReactNode
}

/** What only those do who keep files somewhere; everybody else, such as a helper, is told who does it. */
export function ForKeepers({ what, children }: Props) {
  if (useKeepsFiles() !== false) return children
  return (
    <EmptyState title={`不能办理${what}`}>
      {what}
      由党支部书记、副书记、组织委员，以及学院组织员和组织部办理，受委托协助人员不办理。如确需办理，请告诉所在党支部的书记或组织委员。
    </EmptyState>
  )
}

/** Whether the reader keeps the files of some organisation by office; undefined until it is known. */
export function useKeepsFiles(): boolean | undefined {
  return useQuery(treeQuery()).data?.nodes.some((it) => it.can.keepFiles)
}
