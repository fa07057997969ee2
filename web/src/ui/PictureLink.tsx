import { LinkButton } from './LinkButton.tsx'
import type { ListSearch } from './listSearch.ts'

interface Props<Search extends ListSearch> {
  /** Which list, as the statistics call it. */
  picture: string
  /** The address of the list as it is filtered. */
  search: Search
}

/** Leads from a list as it is filtered to its picture (看成图). */
export function PictureLink<Search extends ListSearch>({ picture, search }: Props<Search>) {
  const { cursor: _, sort: __, ...filters } = search
  return (
    <LinkButton variant="default" to="/picture" search={{ ...filters, picture }}>
      看成图
    </LinkButton>
  )
}
