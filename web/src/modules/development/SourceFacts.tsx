import { isDay, isMonth, type Regulation } from '@zhibu/rules'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { writeDay } from '../../ui/writtenDay.ts'

/** Where a regulation stands: the document, when it was issued, and when it was last compared. */
export function SourceFacts({ of: { title, issuedOn, source, checkedOn } }: { of: Regulation }) {
  return (
    <DescriptionList
      items={[
        { label: '名称', value: title },
        { label: '印发', value: isDay(issuedOn) || isMonth(issuedOn) ? writeDay(issuedOn) : `${issuedOn}年` },
        {
          label: '来源',
          value: source.url ? (
            <a href={source.url} rel="noreferrer" target="_blank">
              {source.document}
            </a>
          ) : (
            source.document
          ),
        },
        { label: '最近核对', value: writeDay(checkedOn) },
      ]}
    />
  )
}
