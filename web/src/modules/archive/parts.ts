import type { ActKind } from '@zhibu/rules'
import type { PlaceView } from '@zhibu/server/modules/archive/schema'
import { type ComponentType, createContext, useContext } from 'react'
import type { Owner } from './api.ts'

/** The places of a file that is about to be sealed: what its papers lack is then told in short. */
export type PlacesToSeal = readonly Pick<PlaceView, 'code' | 'deliveredBy'>[]

/** What modules that are read later put on the pages of the archive; given in `app.tsx`. */
export interface ArchiveParts {
  /** What a person's papers lack, and what on them does not fit the record. */
  FilePapers: ComponentType<{ personId: string; toSeal?: PlacesToSeal }>
  /** That and when the file was handed over. */
  PersonHandovers: ComponentType<{ personId: string }>
  /** The forms that make a paper of a place for a person, where there are such. */
  PaperForms: ComponentType<{ personId: string; place: string }>
  /** What is recorded of the acts that a paper proves, and where the paper says something else. */
  PaperRecord: ComponentType<{ personId: string; documentId: string; evidences: readonly ActKind[] }>
  /** Prints the cover sheet of a place, to be scanned before its paper. */
  CoverButton: ComponentType<{ owner: Owner; place: { code: string; label: string } }>
  /** What was read on a paper and could be recorded, to be taken or left; `isCompared` where `PaperRecord` stands beside it. */
  PaperOffers: ComponentType<{ personId: string; documentId: string; isCompared: boolean }>
}

export const ArchivePartsContext = createContext<ArchiveParts | undefined>(undefined)

/** The parts; a fault of the page where none were given. */
export function useParts(): ArchiveParts {
  const parts = useContext(ArchivePartsContext)
  if (parts === undefined) throw new Error('ArchivePartsContext is empty')
  return parts
}
