import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import type { Owner } from '../archive/api.ts'
import { printCovers } from './printing.ts'

interface Props {
  owner: Owner
  place: { code: string; label: string }
}

/** Prints the one cover for a place of an archive. */
export function CoverButton({ owner, place }: Props) {
  const places = [place.code]
  const printing = useMutation({
    mutationFn: () =>
      printCovers(
        'personId' in owner
          ? { personIds: [owner.personId], places }
          : { organizationId: owner.organizationId, places },
      ),
  })
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        className="no-print"
        loading={printing.isPending}
        onClick={() => printing.mutate()}
      >
        打印封面<span className="for-screen-readers">：{place.label}</span>
      </Button>
      <ProblemNote error={printing.error} />
    </>
  )
}
